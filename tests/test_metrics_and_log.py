"""Metrics and the log: they tell what was asked, and not by whom."""

import json
import re
from pathlib import Path

from addresses import JSON

from jsbio_kg.service import Service
from jsbio_kg.web.app import create_app
from jsbio_kg.web.front import FrontSettings
from jsbio_kg.web.querylog import LogSettings


def test_metrics_count_responses_problems_caches_and_workers(service: Service) -> None:
    client = create_app(service).test_client()
    client.get(JSON)
    client.get(JSON)
    client.get("/sparql?query=SELECT")
    text = client.get("/metrics").text
    assert 'jsbio_responses_total{route="/queries",status="200"} 1' in text
    assert 'jsbio_problems_total{kind="query-syntax"} 1' in text
    assert 'jsbio_cache_hits_total{cache="responses"} 1' in text
    assert re.search(r'jsbio_workers\{state="idle"\} \d', text)
    assert 'jsbio_response_seconds_bucket{le="+Inf"} 2' in text


def test_the_log_tells_what_was_asked_and_not_by_whom(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    settings = FrontSettings(log=LogSettings(path=str(path), slow=0.0))
    client = create_app(service, settings=settings).test_client()
    client.get("/sparql?query=ASK{}", headers={"User-Agent": "me", "X-Forwarded-For": "6.6.6.6"})
    client.get("/sparql?query=SELECT")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["status"] for line in lines] == [200, 400]
    assert lines[0]["kind"] == "boolean"
    assert lines[1]["problem"] == "query-syntax"
    assert lines[0]["slow"] is True
    text = path.read_text()
    assert "127.0.0.1" not in text and "6.6.6.6" not in text and "me" not in text.split('"')
    assert "ASK" not in text


def test_the_log_can_tell_clients_apart_and_give_texts(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = LogSettings(path=str(path), clients=True, texts=True)
    client = create_app(service, settings=FrontSettings(log=log)).test_client()
    client.get("/sparql?query=ASK{}")
    line = json.loads(path.read_text())
    assert re.fullmatch("[0-9a-f]{16}", line["client"])
    assert "ASK" in line["text"]
