"""Which source wins, and what is said of each thing that is wrong."""

from pathlib import Path

import pytest

from tshoot.config.declared import SETTINGS
from tshoot.config.load import load_config
from tshoot.config.problems import ConfigError
from tshoot.config.settings import Config, Origin, value_of
from tshoot.config.starter import starter, write_starter


@pytest.fixture
def written(tmp_path):
    def write(text, options=None, **variables):
        path = tmp_path / "config.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config(options, {"TSHOOT_CONFIG": str(path), **variables})

    return write


def problems(written, text, options=None, **variables):
    with pytest.raises(ConfigError) as caught:
        written(text, options, **variables)
    return caught.value.problems


def test_without_anything_there_are_defaults(tmp_path):
    config = load_config({}, {"TSHOOT_CONFIG": "/dev/null"})
    assert config == Config(origins={})
    assert config.origin("store.record") == Origin("default")


def test_the_file_of_the_configuration_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_config({}, {}) == Config(origins={})
    (tmp_path / "tshoot").mkdir()
    (tmp_path / "tshoot" / "config.toml").write_text('service = "metro"\n', encoding="utf-8")
    assert load_config({}, {}).service == "metro"


def test_a_home_that_is_no_folder_holds_no_settings(tmp_path, monkeypatch):
    """Accounts of services have such homes: /dev/null."""
    (tmp_path / "home").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    assert load_config({}, {}) == Config(origins={})


def test_every_kind_of_value(written, tmp_path):
    config = written(
        """
        service = "https://example.com/x"
        theme = "light"
        reduced_motion = true
        flows = ["~/mine", "beside", '/away']
        keys.back = "backspace"
        store = {keep_days = 7, record = false}
        [desk]
        "agent" = "Kim"
        webhook = "https://desk.example.com/hook"
        webhook_secret_file = "secret"
        """
    )
    assert config.flows == (Path.home() / "mine", tmp_path / "beside", Path("/away"))
    assert config.keys == {"back": "backspace"}
    assert (config.store.keep_days, config.store.record, config.store.address) == (7, False, None)
    assert config.desk == ("Kim", "https://desk.example.com/hook", tmp_path / "secret")
    assert (config.theme, config.reduced_motion, config.plain) == ("light", True, False)
    assert str(config.origin("desk.agent")) == f"{tmp_path / 'config.toml'}:9"
    assert str(config.origin("store.record")) == f"{tmp_path / 'config.toml'}:7"
    assert str(config.origin("keys")) == f"{tmp_path / 'config.toml'}:6"


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("kept/all.db", "{folder}/kept/all.db"),
        ("~/all.db", "{home}/all.db"),
        ("/away/all.db", "/away/all.db"),
        ("postgresql://desk@db/tshoot", "postgresql://desk@db/tshoot"),
        ("sqlite:////away/all.db", "sqlite:////away/all.db"),
    ],
)
def test_a_store_that_is_a_file_starts_from_the_folder_of_the_settings(written, tmp_path, address, read):
    config = written(f'[store]\naddress = "{address}"\n')
    assert config.store.address == read.format(folder=tmp_path, home=Path.home())


def test_options_win_over_the_environment_and_that_over_the_file(written):
    text = 'service = "metro"\ntheme = "light"\nplain = true\n[store]\nkeep_days = 3\n'
    config = written(
        text,
        {"theme": "dark", "store.record": "no"},
        TSHOOT_THEME="high-contrast",
        TSHOOT_STORE_KEEP_DAYS="8",
        TSHOOT_SERVICE="",
    )
    assert (config.service, config.theme, config.plain) == ("metro", "dark", True)
    assert (config.store.keep_days, config.store.record) == (8, False)
    assert config.origin("theme") == Origin("option", "--set theme")
    assert config.origin("store.keep_days") == Origin("environment", "TSHOOT_STORE_KEEP_DAYS")
    assert config.origin("service").source == "file"


def test_lists_and_keys_as_variables(written):
    config = written("", TSHOOT_FLOWS="/a:/b", TSHOOT_KEYS="back = backspace, find=f", TSHOOT_PLAIN="Yes")
    assert config.flows == (Path("/a"), Path("/b"))
    assert config.keys == {"back": "backspace", "find": "f"}
    assert config.plain is True


WRONG = """\
service = "metro"
them = "dark"
theme = "drak"

[stor]
x = 1
[store]
keep_days = "nine"
adress = "x"
[keys]
back = 3
why = "w"
help = []
"""


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file(written, tmp_path):
    found = problems(written, WRONG, {"plian": "1"}, TSHOOT_STORE_KEEP_DAYS="0", TSHOOT_PLAIN="maybe")
    file = tmp_path / "config.toml"
    starts = [f"{file}:{line}: " for line in (2, 3, 5, 8, 9, 11, 13)]
    assert [one for one, start in zip(found, starts, strict=False) if not one.startswith(start)] == []
    wanted = [
        "no setting 'them'. Did you mean 'theme'?",
        "'theme' can't be 'drak'. Did you mean 'dark'? Known: dark, high-contrast, light.",
        "no setting 'stor'. Did you mean 'store'?",
        "'store.keep_days' can't be 'nine'. A whole number was expected.",
        "no setting 'store.adress'. Did you mean 'address'?",
        "'keys' can't give 'back' a number.",
        "'keys' can't give 'help' a list.",
        "TSHOOT_PLAIN: 'plain' can't be 'maybe'. true or false was expected.",
        "TSHOOT_STORE_KEEP_DAYS: 'store.keep_days' can't be 0. A number from 1 to 36500 was expected.",
        "--set plian: There is no setting 'plian'. Did you mean 'plain'?",
    ]
    assert len(found) == len(wanted)
    assert [part for part, one in zip(wanted, found, strict=True) if part not in one] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "service = metro",
            ":1:11: This is not valid TOML: Invalid value. Write a text in quotes, as in 'dark', and",
        ),
        ("plain = True", "Invalid value. Write a text in quotes, as in 'dark', and true or false without."),
        ("a = 1\nb = [", ":2:1: This is not valid TOML"),
        ('flows = "C:\\users\\me"', "Write paths in single quotes"),
        ('flows = "C:\\flows"', "has a character in it that can't be shown"),
        (b"service = '\xff'", "is not UTF-8 text."),
        ("#" * 2_000_000, "is larger than 1024 kB."),
        ("store = 3", "config.toml:1: 'store' is a table. Write [store], then its lines."),
        ("service = ''", "'service' is empty."),
        ("reduced_motion = 1", "'reduced_motion' is a number. true or false was expected."),
        ("flows = 2001-01-01", "'flows' is a date or time. A list of folders was expected."),
        ("flows = [1]", "'flows' is a number."),
        ("keys = 'b'", "'keys' can't be 'b'. A table of lines like"),
        ("store.keep_days = true", "'store.keep_days' is true or false. A whole number was expected."),
        ("desk.webhook = 'desk'", "'desk.webhook' can't be 'desk'. An address like https://"),
        ("a = " + "[" * 5000, "This is not valid TOML"),
    ],
)
def test_what_is_said_of_a_file(written, text, said):
    (only,) = problems(written, text)
    assert said in only


def test_a_byte_order_mark_does_no_harm(written):
    assert written(b'\xef\xbb\xbfservice = "metro"').service == "metro"


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match="TSHOOT_CONFIG: There is no file"):
        load_config({}, {"TSHOOT_CONFIG": str(tmp_path / "none.toml")})
    with pytest.raises(ConfigError, match="can't be read: Is a directory"):
        load_config({}, {"TSHOOT_CONFIG": str(tmp_path)})


def test_a_line_within_a_text_is_no_setting(written, tmp_path):
    config = written('service = """\\\n  metro\\\n  """\n\ntheme = "light"\n')
    assert config.service == "metro"
    assert str(config.origin("theme")) == f"{tmp_path / 'config.toml'}:5"


def test_nothing_hostile_is_shown_of_a_wrong_file(written):
    (only,) = problems(written, "theme = 'x\u202ey'")
    assert "\u202e" not in only


def test_every_setting_is_declared_and_has_a_value():
    config = Config()
    for name, setting in SETTINGS.items():
        value_of(config, name)
        assert (setting.name, setting.says[-1]) == (name, ".")
    leaves = {
        name
        for name in Config._fields
        if name != "origins" and not hasattr(value_of(config, name), "_fields")
    }
    inner = {f"{section}.{key}" for section in ("store", "desk") for key in value_of(config, section)._fields}
    assert set(SETTINGS) == leaves | inner


def test_the_starter_changes_nothing_and_names_everything(written):
    assert written(starter()) == Config(origins={})
    switched_on = "\n".join(
        line.removeprefix("# ") if "=" in line and " = " in line else line for line in starter().splitlines()
    )
    config = written(switched_on.replace("# A variable", "#"))
    assert {name for name in SETTINGS if config.origin(name).source == "file"} == set(SETTINGS)


def test_the_starter_never_overwrites(tmp_path):
    path = tmp_path / "new" / "config.toml"
    write_starter(path)
    with pytest.raises(FileExistsError):
        write_starter(path)
    assert path.read_text(encoding="utf-8") == starter()
