"""What people who know more than the authors are asked, and what they have answered.

`statement` is what is asked about, `material` is what is read, `statements` finds them in it,
`reviewers` says whom each is put to; `answers` reads what came back, and `standing` compares the
two. `pack` is what somebody is handed; `word_file` and `web_page` draw it.
"""
