"""Speed as ratios measured in one run (`make bench`); nothing here is a test that can fail on a busy machine."""
