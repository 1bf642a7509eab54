"""What is new to a saved search, in sets; addresses that may be called; contacts in running text."""

import socket
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from investors.addresses import Forbidden, is_public, resolve
from investors.masking import masked_within
from investors.searching import newly_met

IDS = st.sets(st.integers(1, 30))


def test_what_was_looked_at_and_meets_no_longer_leaves() -> None:
    assert newly_met([1, 2, 3], [2, 4], [4]) == ([1, 3, 4], [4])


def test_after_a_crowd_everything_was_looked_at() -> None:
    assert newly_met([1, 2], None, [2, 5]) == ([2, 5], [5])


@given(IDS, IDS, IDS)
def test_looking_at_changed_parcels_comes_to_the_same_as_looking_at_all(
    met_before: set[int], changed: set[int], meets_now_if_changed: set[int]
) -> None:
    now = (met_before - changed) | (meets_now_if_changed & changed)
    few = newly_met(sorted(met_before), sorted(changed), sorted(meets_now_if_changed & changed))
    assert few == newly_met(sorted(met_before), None, sorted(now))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "192.0.2.1", "2001:db8::1"),
    ],
)
def test_an_internal_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_name_with_one_internal_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """As of a name server that answers now this, now that."""
    settings.WEBHOOKS = "public"
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("1.1.1.1", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(Forbidden):
        resolve("rebinding.example", 443)
    settings.WEBHOOKS = "all"
    assert str(resolve("rebinding.example", 443)) == "1.1.1.1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请致电 13812345678 王工", "请致电 138****5678 王工"),
        ("写信到 wang@example.cn。", "写信到 w***@example.cn。"),
        ("0532-8888 6666", "053****6666"),
        ("宗地 370211-001，35 亩，投资 120000 万元", "宗地 370211-001，35 亩，投资 120000 万元"),
    ],
)
def test_contacts_in_a_text_are_masked_and_figures_are_not(text: str, shown: str) -> None:
    assert masked_within(text) == shown
