"""The addresses that `make run` prints can be opened: from this machine, and from others where it listens to them."""

import socket
from pathlib import Path

import pytest

from scripts import addresses, run

IPV6 = """\
fe8000000000000000fc00fffe000001 04 40 20 80     eth0
00000000000000000000000000000001 01 80 10 80       lo
fd000000000000000000000000000002 04 40 00 82     eth0
fd000000000000000000000000000003 05 40 00 82  docker0
"""


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("land.example.cn", "land.example.cn")],
)
def test_the_address_printed_can_be_opened(host: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_BASE_PATH", "/luodi")

    assert addresses.address(host, 8000) == f"http://{shown}:8000/luodi/"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "192.168.1.5", "land.example.cn"])
def test_who_listens_on_one_address_has_no_others(host: str) -> None:
    assert addresses.addresses_elsewhere(host, 8000) == []


def test_who_listens_everywhere_names_addresses_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_BASE_PATH", "")
    for address in addresses.addresses_elsewhere("0.0.0.0", 8000):
        host = address.removeprefix("http://").removesuffix(":8000/")
        assert not host.startswith("127.")
        with socket.socket() as probe:
            probe.bind((host, 0))  # refused for an address that is not ours


def test_of_ipv6_addresses_only_those_are_named_that_others_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interfaces = tmp_path / "if_inet6"
    interfaces.write_text(IPV6)
    monkeypatch.setattr(addresses, "IPV6_INTERFACES", interfaces)
    monkeypatch.setattr(socket, "if_nameindex", lambda: [(1, "lo")])
    monkeypatch.setenv("LUODI_BASE_PATH", "")

    assert addresses.addresses_elsewhere("::", 8000) == ["http://[fd00::2]:8000/"]


def test_the_start_prints_where_others_find_the_pages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(addresses, "_ipv4", lambda: ["192.168.1.5"])
    monkeypatch.setenv("LUODI_BASE_PATH", "")
    run.announce("0.0.0.0", 8000, "")
    told = capsys.readouterr().out

    assert "http://127.0.0.1:8000/\n" in told
    assert "http://192.168.1.5:8000/\n" in told
    run.announce("127.0.0.1", 8000, "")
    assert "192.168" not in capsys.readouterr().out
