import sqlite3

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from nbseal.gradebook.locks import GradebookBusyError, Patience


@pytest.mark.slow
def test_it_waits_and_gives_up(tmp_path):
    """Is it said that another program holds the gradebook, and what to do in the end?"""
    path, sentences = tmp_path / "gradebook.db", []
    holder = sqlite3.connect(path)
    holder.execute("begin exclusive")
    patience = Patience(sentences.append, 2)
    engine = create_engine(f"sqlite:///{path}")
    patience.teach(engine)
    with pytest.raises(GradebookBusyError, match="Close it"), engine.begin():
        pytest.fail("it was let in")
    engine.dispose()
    holder.close()
    assert sentences[0].startswith("The gradebook is in use by another program")


@pytest.mark.slow
def test_a_reader_does_not_undo_a_commit(tmp_path):
    """Is a commit tried again while somebody reads, instead of rolled back?"""
    path = tmp_path / "gradebook.db"
    reader = sqlite3.connect(path)
    reader.execute("create table grade (points integer)")
    reader.execute("insert into grade values (1)")
    reader.commit()
    reading = reader.execute("begin").execute("select * from grade")
    assert reading.fetchone() == (1,)

    def let_go(_):
        reader.rollback()

    patience = Patience(let_go, 60)
    engine = create_engine(f"sqlite:///{path}")
    patience.teach(engine)
    session = Session(engine)
    session.connection().exec_driver_sql("insert into grade values (2)")
    patience.keep(session)
    session.close()
    engine.dispose()
    assert reader.execute("select count(*) from grade").fetchone() == (2,)
    reader.close()
