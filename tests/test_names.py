from tshoot.names import did_you_mean, nearest_name


def test_the_nearest_name_is_found():
    assert nearest_name("conectivity", ["vpn", "connectivity", "reset"]) == "connectivity"


def test_nothing_near_is_none():
    assert nearest_name("zzz", ["vpn", "reset"]) is None


def test_the_hint_lists_everything_allowed():
    assert did_you_mean("chek", ["run", "check"]) == "Did you mean 'check'? Known: check, run."
    assert did_you_mean("zzz", ["run", "check"]) == "Known: check, run."
