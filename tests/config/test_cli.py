"""The command line: the list, help, and what it says to a wrong word."""

from heed.config import cli


def test_every_command_has_a_line_of_help(capsys):
    assert cli.main(["--help"]) == 0
    printed = capsys.readouterr().out
    for command in cli.commands().values():
        assert f"  {command.name}" in printed
        assert command.help in printed


def test_an_unknown_command_is_refused_with_the_list(capsys):
    assert cli.main(["sevre"]) == 2
    error = capsys.readouterr().err
    assert "sevre" in error
    assert "manage" in error


def test_an_env_file_fills_in_what_the_environment_does_not_say(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("# a comment\nHEED_X=from the file\nHEED_Y='quoted'\n\n#HEED_Z=1\nnonsense\n")
    monkeypatch.setattr(cli.os, "environ", {"HEED_X": "from outside"})
    cli.read_env_file(file)
    assert cli.os.environ == {"HEED_X": "from outside", "HEED_Y": "quoted"}
