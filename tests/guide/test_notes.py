from tshoot.guide.notes import LONGEST, Note, Notes


def test_a_note_is_kept_changed_and_taken_away_and_each_change_is_told():
    told = []
    notes = Notes(told.append)
    notes.write(Note("start", "one", "  Model KVD21 ", "What?"))
    notes.write(Note("start", "one", "Model KVD21"))
    notes.write(Note("start", "two", "red light"))
    notes.write(Note("start", "one", ""))
    assert [(note.step, note.text) for note in told] == [
        ("one", "Model KVD21"),
        ("two", "red light"),
        ("one", ""),
    ]
    assert [note.text for note in notes] == ["red light"]
    assert notes.at("start", "one") == ""
    assert notes.at("start", "two") == "red light"


def test_an_empty_note_where_there_was_none_is_nothing():
    told = []
    Notes(told.append).write(Note("start", "one", " \n "))
    assert told == []


def test_a_note_is_made_harmless_and_cut():
    notes = Notes()
    notes.write(Note("start", "one", "a\x1b]52;c;x\x07\nb" + "x" * 5000, "\x1b[31m?"))
    (note,) = notes
    assert "\x1b" not in note.text + note.about
    assert "\n" in note.text
    assert len(note.text) <= LONGEST


def test_the_notes_of_a_report_stand_under_their_steps():
    notes = Notes()
    assert notes.text() == ""
    notes.write(Note("start", "one", "two\nlines", "What is it?"))
    assert notes.text() == "Your notes\n- What is it?\n    two\n    lines"
