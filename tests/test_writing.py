"""Files: whole or not at all, each its own, links and pipes kept."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from summarizer.export import write_csv_file
from summarizer.files import replacing, write_whole


def test_files_of_like_long_names_do_not_get_each_others_content(tmp_path: Path) -> None:
    paths = [tmp_path / f"{'a' * 100}{number}.json" for number in range(40)]
    start = threading.Barrier(len(paths))

    def write(path: Path) -> None:
        start.wait()
        write_whole(path, path.name)

    with ThreadPoolExecutor(len(paths)) as threads:
        list(threads.map(write, paths))
    assert [path.read_text() for path in paths] == [path.name for path in paths]
    assert sorted(tmp_path.iterdir()) == sorted(paths), "nothing is left beside them"


def test_a_name_as_long_as_a_disk_takes_it_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("漢" * 84)  # 252 bytes
    write_whole(path, "x")
    assert path.read_text() == "x"


def test_a_link_goes_on_to_point_and_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_csv_file([], "claims", link)
    assert link.is_symlink()
    assert real.read_text().startswith("document")
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(pipe.read_text)
        write_whole(pipe, "through")
        assert read.result(timeout=10) == "through"
    assert pipe.is_fifo()


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_what_is_broken_off_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")

    def broken() -> None:
        with replacing(path) as file:
            file.write_text("ha")
            raise error

    with pytest.raises(error):
        broken()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
