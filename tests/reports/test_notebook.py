"""The analyst's notebook runs from its first cell to its last on a published warehouse, and none of its output is kept."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from pipelines.workspace import PROJECT_ROOT, Workspace

NOTEBOOKS = sorted((PROJECT_ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_committed(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert cells
    assert not [cell for cell in cells if cell.outputs or cell.execution_count]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_first_look_runs(enterprise: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    monkeypatch.setenv("TANKU_WORKSPACE", str(enterprise.root))
    for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    notebook = nbformat.read(PROJECT_ROOT / "notebooks" / "first_look.ipynb", 4)
    # a socket in the file system: nothing listens on the network, not even on loopback
    manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(tmp_path / "kernel"))
    NotebookClient(notebook, km=manager, timeout=120, resources={"metadata": {"path": str(PROJECT_ROOT)}}).execute(
        cleanup_kc=True
    )
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert len([output for output in shown if "image/svg+xml" in output.get("data", {})]) == 2
    assert any("排放量 emissions" in output.get("text", "") for output in shown), "a figure was walked home"
