"""Queries in workers: limits are kept, and who breaks them breaks nothing else."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jsbio_kg.errors import (
    DeadlineExceeded,
    JsbioError,
    MemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    ResultTooLarge,
    Saturated,
    StoreError,
)
from jsbio_kg.release import Release
from jsbio_kg.service import Lanes, Plan, WorkerPool
from jsbio_kg.store import Limits, Query

PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {PRODUCT}"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = f"SELECT * {PRODUCT} ORDER BY ?a ?f ?l"


@pytest.fixture()
def plan(served: Release) -> Plan:
    return Plan(
        files=((str(served.dataset), "nquads", ""),),
        default_graphs=served.default_graphs,
        base=served.manifest.base,
        limits=Limits(seconds=1.0, heap=128 << 20, result_bytes=1 << 20),
    )


@pytest.fixture()
def pool(plan: Plan) -> Iterator[WorkerPool]:
    pool = WorkerPool(plan, Lanes(fast=2, slow=1, share=0.1, queue=16, patience=2.0)).start()
    yield pool
    pool.close()


def workers_of(pool: WorkerPool) -> set[int]:
    children = Path(f"/proc/{pool.zygote}/task/{pool.zygote}/children").read_text()
    return {int(pid) for pid in children.split()}


def run_endless(pool: WorkerPool) -> None:
    with pytest.raises(DeadlineExceeded):
        pool.answer(Query(ENDLESS, is_foreign=True))


def test_an_answer_comes_through_whole(pool: WorkerPool) -> None:
    answer = pool.answer(Query("SELECT ?s { ?s ?p ?o } LIMIT 3"))
    assert (answer.kind, answer.rows) == ("solutions", 3)
    assert len(json.loads(answer.body)["results"]["bindings"]) == 3


def test_an_error_comes_through_with_its_class_place_and_words(pool: WorkerPool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        pool.answer(Query("SELECT ?s { park:x ?p ?o }"))
    assert caught.value.where == "1:13"
    assert "PREFIX park:" in caught.value.in_language("en")


def test_a_query_without_end_is_ended_at_its_deadline(pool: WorkerPool) -> None:
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        pool.answer(Query(ENDLESS))
    assert 0.9 < time.monotonic() - started < 2.0
    assert pool.answer(Query("ASK {}")).body


def test_a_caller_may_ask_for_a_shorter_deadline_and_not_for_a_longer_one(
    pool: WorkerPool,
) -> None:
    for asked, most in ((0.2, 0.8), (60.0, 2.0)):
        started = time.monotonic()
        with pytest.raises(DeadlineExceeded):
            pool.answer(Query(ENDLESS, seconds=asked))
        assert time.monotonic() - started < most


def test_a_query_that_eats_memory_is_ended_and_said_so(pool: WorkerPool) -> None:
    with pytest.raises(MemoryExceeded) as caught:
        pool.answer(Query(HUNGRY))
    assert "128 MiB" in str(caught.value)
    assert pool.answer(Query("ASK {}")).body


def test_an_answer_beyond_the_cap_is_an_error_and_not_a_part(pool: WorkerPool) -> None:
    with pytest.raises(ResultTooLarge):
        pool.answer(Query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))


def test_a_query_that_crashes_the_parser_harms_nobody(pool: WorkerPool) -> None:
    with pytest.raises(QueryRefused):
        pool.answer(Query("ASK { FILTER(" + "!" * 400_000 + "true) }"))
    assert pool.answer(Query("ASK {}")).body


def test_neighbours_are_answered_while_hostile_queries_run(pool: WorkerPool) -> None:
    outcomes: list[str] = []

    def attack(text: str) -> None:
        try:
            pool.answer(Query(text, is_foreign=True))
        except JsbioError as error:
            outcomes.append(type(error).__name__)

    attackers = [
        threading.Thread(target=attack, args=(text,)) for text in (ENDLESS, HUNGRY, ENDLESS) * 2
    ]
    for attacker in attackers:
        attacker.start()
    longest = 0.0
    while any(attacker.is_alive() for attacker in attackers):
        started = time.monotonic()
        pool.answer(Query("SELECT ?s { ?s ?p ?o } LIMIT 1"))
        longest = max(longest, time.monotonic() - started)
    assert longest < 1.5
    assert set(outcomes) <= {"DeadlineExceeded", "MemoryExceeded", "Saturated"}
    assert len(outcomes) == len(attackers)


def test_the_slow_lane_has_the_lowest_priority(pool: WorkerPool) -> None:
    before = workers_of(pool)
    query = threading.Thread(target=run_endless, args=(pool,))
    query.start()
    time.sleep(0.5)
    niceness = {os.getpriority(os.PRIO_PROCESS, pid) for pid in before & workers_of(pool)}
    assert pool.slow == 1
    assert 19 in niceness
    query.join()
    assert pool.slow == 0


def test_our_own_long_queries_do_not_wait_for_those_of_strangers(plan: Plan) -> None:
    patient = replace(plan, limits=replace(plan.limits, seconds=6.0))
    pool = WorkerPool(patient, Lanes(fast=2, slow=1, share=0.1)).start()
    outcomes: list[str] = []

    def ask() -> None:
        try:
            pool.answer(Query(ENDLESS, is_foreign=True))
        except JsbioError as error:
            outcomes.append(type(error).__name__)

    strangers = [threading.Thread(target=ask) for _ in range(3)]
    for stranger in strangers:
        stranger.start()
    while pool.suspended < 2:
        time.sleep(0.01)
    pool.answer(Query(LONG))
    assert outcomes == [], "the queries of strangers still run and wait"
    for stranger in strangers:
        stranger.join()
    assert len(outcomes) == 3 and set(outcomes) <= {"DeadlineExceeded", "Saturated"}
    pool.close()


def test_who_waits_too_long_is_told_to_come_again(plan: Plan) -> None:
    lanes = Lanes(fast=1, slow=0, share=5.0, queue=1, patience=0.2)
    pool = WorkerPool(plan, lanes).start()
    try:
        busy = threading.Thread(target=run_endless, args=(pool,))
        busy.start()
        time.sleep(0.2)
        started = time.monotonic()
        with pytest.raises(Saturated):
            pool.answer(Query("ASK {}"))
        assert time.monotonic() - started < 0.6
        busy.join()
        assert pool.answer(Query("ASK {}")).body
    finally:
        pool.close()


def test_a_worker_that_is_killed_from_outside_is_replaced(pool: WorkerPool) -> None:
    killed = workers_of(pool)
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    assert pool.answer(Query("ASK {}")).body
    until = time.monotonic() + 10
    while len(workers_of(pool) - killed) != 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert pool.answer(Query("ASK {}")).body


def test_a_zygote_that_is_killed_is_started_anew(pool: WorkerPool) -> None:
    zygote = pool.zygote
    os.kill(zygote, signal.SIGKILL)
    until = time.monotonic() + 10
    while pool.zygote == zygote:
        assert time.monotonic() < until
        time.sleep(0.05)
    while True:
        try:
            assert pool.answer(Query("ASK {}")).body
            return
        except (StoreError, Saturated):
            assert time.monotonic() < until


def test_no_process_is_left_when_the_pool_closes(plan: Plan) -> None:
    pool = WorkerPool(plan, Lanes(fast=2)).start()
    pids = {pool.zygote, *workers_of(pool)}
    pool.close()
    time.sleep(0.3)
    assert not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_a_file_that_is_no_rdf_is_refused_at_start(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<a> <b>")
    pool = WorkerPool(Plan(((str(tmp_path / "bad.ttl"), "turtle", "http://x/"),)))
    with pytest.raises(StoreError) as caught:
        pool.start()
    assert "bad.ttl" in str(caught.value)
