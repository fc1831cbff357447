"""A sandbox that something else ends costs no student points, and an answer cut short is not left lying."""

import time

import pytest

from autograder.sealed import Grader, session, warm
from autograder.sealed.deadline import alarm
from autograder.sealed.errors import CaseTimeout
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import scores

pytestmark = pytest.mark.sealed


class Ended:
    """Ends all of the sandbox each time the grader has done something with it, so many times."""

    def __init__(self, grader: Grader, times: int) -> None:
        self._grader, self._left = grader, times

    def __call__(self) -> None:
        if self._left:
            self._left -= 1
            assert self._grader._zygote._process is not None
            self._grader._zygote._process.kill()
            self._grader._zygote._process.wait()


def end_and_wait(grader: Grader) -> None:
    """End a child, and be there for the alarm that was put off meanwhile."""
    grader._zygote.end()
    time.sleep(5)


@pytest.mark.parametrize("moment", ["cells begin", "a test asks"])
def test_what_the_machine_ends_is_graded_again(tiny, tier, monkeypatch, moment):
    with Grader(tiny, tier=tier) as grader:
        end = Ended(grader, 1)
        owner, name = (warm.Zygote, "fork") if moment == "cells begin" else (session.Session, "ask")
        real = getattr(owner, name)

        def then_ended(self, *args, **kwargs):
            if moment == "a test asks":
                end()
            answer = real(self, *args, **kwargs)
            end()
            return answer

        monkeypatch.setattr(owner, name, then_ended)
        result = grader.grade(notebook(*HONEST))
    assert end._left == 0
    assert result.status == "graded"
    assert not result.reason
    assert scores(result) == POSSIBLE


def test_what_ends_it_again_and_again_is_stopped_and_said(tiny, tier, monkeypatch):
    real = warm.Zygote.fork
    with Grader(tiny, tier=tier) as grader:
        end = Ended(grader, 1000)

        def then_ended(zygote):
            channel = real(zygote)
            end()
            return channel

        monkeypatch.setattr(warm.Zygote, "fork", then_ended)
        result = grader.grade(notebook("x = 1", *HONEST))
        monkeypatch.undo()
        assert result.status == "stopped"
        assert f"cell 1 ended its process ({warm.LOST})" in result.reason
        assert scores(grader.grade(notebook(*HONEST))) == POSSIBLE


def test_an_alarm_leaves_no_half_of_an_answer(tiny, tier, monkeypatch):
    """It rang while the zygote said how a child ended; what was left was read as the next answer."""
    answers = []
    real = warm.Zygote._answer

    def slow(zygote, seconds):
        if not answers:
            time.sleep(2.5)  # as on a machine with thirty busy processes: the alarm rings here
        answers.append(real(zygote, seconds))
        return answers[-1]

    with Grader(tiny, tier=tier) as grader:
        grader._zygote.fork().close()
        monkeypatch.setattr(warm.Zygote, "_answer", slow)
        with alarm(-0.9), pytest.raises(CaseTimeout):
            end_and_wait(grader)
        assert len(answers) == 1
        assert "ended" in answers[0]
        assert scores(grader.grade(notebook(*HONEST))) == POSSIBLE
