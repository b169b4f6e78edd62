import json
import time

import pytest

from nbseal.base.notebook_file import MOST_PARTS, NotebookFileError, parse

OUTPUT = {"output_type": "stream", "name": "stdout", "text": ""}


def notebook(*cells, **metadata):
    cell = {"cell_type": "code", "metadata": {}, "source": "", "execution_count": None}
    made = [cell | {"id": f"a-{number}", "outputs": []} | one for number, one in enumerate(cells)]
    whole = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole).encode()


@pytest.mark.once
@pytest.mark.parametrize(
    "data",
    [
        notebook(*[{}] * 80_000),
        notebook({"outputs": [OUTPUT] * 80_000}),
        notebook({}, kept=[{}] * 80_000),
    ],
    ids=["cells", "outputs", "metadata"],
)
def test_many_parts(data):
    """Is a notebook refused at once that would take long to check, with what to do?"""
    started = time.process_time()
    with pytest.raises(
        NotebookFileError, match=r"^mine has \d{5,} cells, .* is the most\. .*Clear"
    ):
        parse(data, "mine")
    assert time.process_time() - started < 3


def test_what_is_wrong_is_found_at_once():
    """Is one wrong output among very many found without a search for the best words, which took minutes?"""
    started = time.process_time()
    outputs = [OUTPUT] * (MOST_PARTS // 3)
    with pytest.raises(NotebookFileError, match="no notebook that can be read"):
        parse(notebook({"outputs": [*outputs, {"output_type": "none"}]}), "mine")
    assert time.process_time() - started < 6


@pytest.mark.once
def test_many_numbers():
    """Is a notebook still read whose outputs hold large tables, as maps and interactive plots do?"""
    plot = {"output_type": "display_data", "metadata": {}, "data": {}}
    plot["data"]["application/vnd.plotly.v1+json"] = {"z": [[0.5] * 10] * 40_000}
    assert len(parse(notebook({"outputs": [plot]}, {}), "mine").cells) == 2
