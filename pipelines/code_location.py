"""What `dagster dev` and `dg` load: the graph of the workspace that TANKU_WORKSPACE selects. Nothing else lives here."""

from pipelines.definitions import definitions
from pipelines.workspace import Workspace

defs = definitions(Workspace.selected())
