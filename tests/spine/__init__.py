"""The whole way, from dropped file to published warehouse, on the example enterprise and on real files."""
