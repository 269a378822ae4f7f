"""The hashes are git's own, without a repository."""

from pathlib import Path

from carving import git, tree

from carve.run.hashes import blob_hash, tree_hash


def test_blobs_and_trees_are_hashed_as_git_does(tmp_path: Path) -> None:
    files = {"a.py": b"x\n", "a/b.py": b"", "a.b/c/d.txt": b"\0\xff", "src/pkg/__init__.py": b""}
    tree(tmp_path, files)
    blobs = {path: blob_hash(raw) for path, raw in files.items()}
    for path, blob in blobs.items():
        assert git(tmp_path, "rev-parse", f"HEAD:{path}").strip() == blob
    assert git(tmp_path, "rev-parse", "HEAD^{tree}").strip() == tree_hash(blobs)


def test_files_that_are_not_there_leave_no_folder() -> None:
    assert blob_hash(None) is None
    assert tree_hash({"a/b.py": None}) == tree_hash({})
