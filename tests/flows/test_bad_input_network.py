"""Addresses with a typo, servers that are not ours or do not answer: what waits still waits, and goes once."""

import contextlib
import http.client
import signal
import ssl
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.flows.intruders import (
    Answer,
    Certificate,
    answering,
    expired,
    for_another_name,
    nobodys,
    not_yet_valid,
    ours,
    page,
)
from tests.flows.processes import ROOT, Laptop, Office, one_sentence

CODE = "AAAA-AAAA-AAAA-AAAA"


@pytest.mark.parametrize(
    ("certificate", "answer", "enrolling", "sending"),
    [
        (ours, page(200), "Wi-Fi", "Wi-Fi"),
        (ours, page(302, Location="http://portail.exemple/"), "Wi-Fi", "Wi-Fi"),
        (nobodys, page(200), "pas sûre", "pas sûre"),
        (for_another_name, page(200), "pas sûre", "pas sûre"),
        (expired, page(200), "Vérifiez l’heure", "Vérifiez l’heure"),
        (not_yet_valid, page(200), "Vérifiez l’heure", "Vérifiez l’heure"),
        (None, None, "ne répond pas", "Pas de réseau"),
    ],
)
def test_records_wait_whoever_answers_instead_of_the_office(
    bound: tuple[Laptop, Office, int],
    tmp_path: Path,
    certificate: Certificate | None,
    answer: Answer | None,
    enrolling: str,
    sending: str,
) -> None:
    laptop, office, waiting = bound
    with contextlib.ExitStack() as open_now:
        if certificate and answer:
            open_now.enter_context(answering(office.port, *certificate(office, tmp_path), answer))
        code, said_nothing, said = laptop("enrol", office.url, CODE, "--ca", str(office.certificate))
        assert (code, said_nothing) == (3, [])
        one_sentence(said, enrolling, "Tout est gardé ici")
        code, sent, said = laptop("sync")
        assert (code, sent["taken"], sent["waiting"]) == (3, 0, waiting)
        one_sentence(said, sending, "Tout est gardé ici")
    status = laptop("status")[1]
    assert (status["server"], status["people"], status["waiting"]) == (office.url, 1, waiting)


def test_a_server_whose_own_certificate_was_not_given_is_told_as_that(
    bound: tuple[Laptop, Office, int], tmp_path: Path
) -> None:
    laptop, office, _ = bound
    with answering(office.port, *ours(office, tmp_path), page(200)):
        code, _, said = laptop("enrol", office.url, CODE)
    assert code == 3
    one_sentence(said, "son propre certificat", "Tout est gardé ici", "donnez-le avec le code")


@pytest.mark.parametrize(
    ("address", "more", "code", "word"),
    [
        ("https://serveur.invalid", [], 3, "serveur.invalid ne répond pas"),
        ("https://[::1", [], 2, "https://"),
        ("https://127.0.0.1", ["--ca", str(ROOT / "LICENSE")], 2, "certificat"),
    ],
)
def test_an_address_or_a_certificate_that_is_none(
    laptop: Laptop, address: str, more: list[str], code: int, word: str
) -> None:
    found, answer, said = laptop("enrol", address, CODE, *more)
    assert (found, answer) == (code, [])
    one_sentence(said, word, "Rien n’a été" if code == 2 else "Tout est gardé ici")


def test_an_interrupted_sending_whose_answer_was_lost_goes_again_once(bound: tuple[Laptop, Office, int]) -> None:
    laptop, office, waiting = bound
    port, arrived, let_go = office.port, threading.Event(), threading.Event()
    office.port = "0"
    office.start()

    def take_and_keep_silent(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        trust = ssl.create_default_context(cafile=office.certificate)
        behind = http.client.HTTPSConnection("127.0.0.1", int(office.port), context=trust)
        behind.request("POST", handler.path, body, dict(handler.headers.items()))
        assert behind.getresponse().read()
        arrived.set()
        let_go.wait(60)

    try:
        with answering(port, office.certificate, office.key, take_and_keep_silent):
            process = laptop.start("sync")
            assert arrived.wait(60)
            process.send_signal(signal.SIGINT)
            out, said = process.communicate(timeout=30)
            let_go.set()
        assert (process.returncode, out) == (130, "")
        one_sentence(said, "Interrompu", "gardé")
        assert laptop("check")[0] == 0
        office.stop()
        office.port = port
        office.start()
        code, sent, said = laptop("sync")
        assert (code, sent["taken"], sent["already"], sent["waiting"]) == (0, 0, waiting, 0), said
    finally:
        assert office.stop(signal.SIGINT) == 130
    one_sentence(office.log.read_text(encoding="utf-8").splitlines()[-1], "Interrompu", "gardé")
    stats = office("stats")
    assert (stats["people"], stats["encounters"], stats["records"]) == (1, 1, waiting)
