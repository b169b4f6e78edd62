"""Decision records of plays that nobody made."""

from string import ascii_lowercase, digits

from hypothesis import strategies as st

from fourps.play_record import DIGITS, Record

LINE = "fourps1:card-desk:1a2b3c4d:0213:mp"
signs = ascii_lowercase + digits
# as `st.from_regex` would draw them, in a tenth of the time
ids = st.builds(
    lambda letter, more, words: "-".join([letter + more, *words]),
    st.sampled_from(ascii_lowercase),
    st.text(signs, max_size=8),
    st.lists(st.text(signs, min_size=1, max_size=8), max_size=2),
)
versions = st.text("0123456789abcdef", min_size=8, max_size=8)
moves = st.text(DIGITS + ".~", max_size=40)
records = st.builds(Record, ids, versions, moves)
