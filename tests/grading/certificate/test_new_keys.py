import pytest

from fourps.grading.certificate import keys, revoked
from fourps.grading.certificate.new_keys import make


def test_is_never_replaced(tmp_path):
    """Is a key that is there kept?"""
    make(tmp_path)
    before = (tmp_path / keys.PRIVATE).read_bytes()
    with pytest.raises(keys.KeyFileError, match="is kept"):
        make(tmp_path)
    assert (tmp_path / keys.PRIVATE).read_bytes() == before


def test_cut_short(tmp_path, monkeypatch):
    """Can a key be made again where making it was cut short at any file?"""
    from nbseal.base import whole_files

    whole = whole_files._write

    for last in range(3):
        folder = tmp_path / str(last)
        written = []

        def write(path, data, mode, last=last, written=written):
            if len(written) == last:
                raise OSError("no space left")
            written.append(path)
            whole(path, data, mode)

        monkeypatch.setattr(whole_files, "_write", write)
        with pytest.raises(OSError, match="no space"):
            make(folder)
        monkeypatch.setattr(whole_files, "_write", whole)
        public = make(folder)
        private = keys.private(folder / keys.PRIVATE)
        assert keys.fingerprint(private.public_key()) == keys.fingerprint(public)
        assert revoked.read(folder / revoked.FILE, public).number == 1
