"""LeNet-5 live: the weights are those that were trained, and on what is drawn it says what `convnet` says."""

import hashlib
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from coursekit import widgets
from coursekit.widgets._lenet_live import CLASSES, record
from tests.coursekit.figures import lenets, strokes
from tests.coursekit.figures.pages import fill, readout, state

BOX = ".ck-figure"
PAD = f"{BOX} [role=slider]"
DRAW = """(box, [lines, brush]) => {  // as a mouse would, without waiting for frames
  const pad = box.figure.parts[0];
  const { left, top, width } = pad.canvas.getBoundingClientRect();
  const send = (kind, [row, column]) => pad.frame.dispatchEvent(new PointerEvent(kind, {
    button: 0, buttons: 1, pointerId: 1, pointerType: "mouse", bubbles: true,
    clientX: left + (column + 0.5) * width / 28, clientY: top + (row + 0.5) * width / 28 }));
  const blank = (state) => ({ image: state.image.map((line) => line.map(() => 0)), brush });
  box.figure.change((state) => Object.assign(state, blank(state)));
  const times = [];
  for (const line of lines) {
    send("pointerdown", line[0]);
    for (const point of line.slice(1)) {
      const before = performance.now();
      send("pointermove", point);
      times.push(performance.now() - before);
    }
    send("pointerup", line[line.length - 1]);
  }
  return { image: box.figure.state.image, output: box.figure.numbers.output, times };
}"""


def scores(image: Any, name: str = "digits") -> Any:
    return lenets.network(name)(np.asarray(image, np.float32)[None, None])[0]


@pytest.mark.parametrize("name", CLASSES)
def test_the_kept_weights_are_those_of_the_record(name: str) -> None:
    told = record()
    assert hashlib.sha256(lenets.KEPT.read_bytes()).hexdigest() == told["sha256"]
    assert len(told["seeds"]) >= 3
    tool = lenets.tool()
    assert told["steps"] == tool.STEPS
    judged = tool.judged(name, lenets.network(name))
    for key, values in told["accuracies"][name].items():
        assert judged[key] == pytest.approx(values[0], abs=0.004), key
        assert max(values) - min(values) < 0.03, "seeds agree"
    least = {"digits": 0.98, "garments": 0.8}
    assert judged["plain"] > least[name]
    np.testing.assert_array_equal(lenets.exported(name)["pictures"], tool.pictures(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
def test_training_begins_again_as_it_did(name: str) -> None:
    kept = record()["first_losses"][name]
    _, losses = lenets.tool().train(name, record()["seeds"][0], len(kept))
    np.testing.assert_allclose(losses, kept, rtol=1e-2)
    assert np.mean(losses[-5:]) < np.mean(losses[:5])


def test_digits_drawn_line_by_line_are_recognised() -> None:
    """Nobody's digits: lines written down for this test, turned and moved at random, drawn with the pen."""
    rng = np.random.default_rng(0)
    right, images = [], []
    for digit, ways in strokes.WAYS.items():
        for way in range(len(ways)):
            for _ in range(10):
                right.append(digit)
                images.append(strokes.inked(strokes.drawn(digit, way, rng)))
    net = lenets.network("digits")
    said = net(np.asarray(images, np.float32)[:, None]).argmax(axis=1)
    assert (said == right).mean() > 0.93
    each = [np.mean(said[np.asarray(right) == digit] == digit) for digit in range(10)]
    assert min(each) > 0.75, each
    mirrored = net(np.asarray(images, np.float32)[:, None, :, ::-1].copy()).argmax(axis=1)
    assert (mirrored == right).mean() < 0.7, "mirrored they are no digits, or this test sees nothing"


@pytest.mark.site
def test_strokes_give_the_scores_of_convnet_at_once(desk: Page) -> None:
    fill(desk, widgets.lenet_live())
    box, rng, times = desk.locator(BOX).first, np.random.default_rng(1), []
    for digit in range(10):
        lines = strokes.drawn(digit, 0, rng)
        found = box.evaluate(DRAW, [lines, "pen"])
        np.testing.assert_allclose(found["image"], strokes.inked(lines), atol=0.02)
        np.testing.assert_allclose(found["output"], scores(found["image"]), atol=1e-4)
        times += found["times"]
    print(f"a stroke's step takes {np.median(times):.1f} ms, at most {max(times):.1f} ms of {len(times)}")


@pytest.mark.site
@pytest.mark.parametrize("name", CLASSES)
def test_drawn_inputs_give_the_scores_of_convnet(desk: Page, name: Any) -> None:
    rng = np.random.default_rng(2)
    fill(desk, widgets.lenet_live(weights=name))
    for share in (0.0, 0.1, 0.5, 1.0):
        image = np.round(rng.random((28, 28)) * (rng.random((28, 28)) < share), 2)
        output = desk.locator(BOX).first.evaluate(
            "(box, image) => { box.figure.set(['image'], image); return box.figure.numbers.output; }",
            image.tolist(),
        )
        np.testing.assert_allclose(output, scores(image, name), atol=1e-4)


@pytest.mark.site
def test_a_mouse_draws_undoes_and_clears(desk: Page) -> None:
    fill(desk, widgets.lenet_live(np.zeros((28, 28))))
    pad = desk.locator(PAD).first
    blank, place = state(desk)["image"], pad.bounding_box()
    assert place is not None

    def line(row: float) -> None:
        desk.mouse.move(place["x"] + 60, place["y"] + row)
        desk.mouse.down()
        desk.mouse.move(place["x"] + 220, place["y"] + row, steps=4)
        desk.mouse.up()

    said = readout(desk)
    line(75)
    first = state(desk)["image"]
    assert np.asarray(first)[7, 7:21].min() > 0.9
    assert readout(desk) != said, "the scores move"
    line(155)
    assert np.asarray(state(desk)["image"])[15, 7:21].min() > 0.9
    undo = desk.get_by_role("button", name="Undo")
    undo.click()
    assert state(desk)["image"] == first
    desk.get_by_role("button", name="Clear").click()
    assert state(desk)["image"] == blank
    undo.click()
    assert state(desk)["image"] == first
    undo.click()
    assert state(desk)["image"] == blank
    undo.click()
    assert desk.get_by_text("There is nothing to undo.").is_visible()
    line(75)
    desk.get_by_label("brush").select_option(label="rubber")
    line(75)
    assert np.asarray(state(desk)["image"])[7, 8:20].max() < 0.1


@pytest.mark.site
def test_keys_draw(desk: Page) -> None:
    fill(desk, widgets.lenet_live(np.zeros((28, 28))))
    pad = desk.locator(PAD).first
    pad.focus()
    assert pad.get_attribute("aria-valuetext") == "x(14, 14) = 0"
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Space")
    assert pad.get_attribute("aria-valuetext") == "x(13, 14) = 1"
    for _ in range(5):
        desk.keyboard.press("Shift+ArrowDown")
    assert pad.get_attribute("aria-valuetext") == "x(18, 14) = 1"
    image = np.asarray(state(desk)["image"])
    np.testing.assert_allclose(image, strokes.inked([[(13, 14), (18, 14)]]), atol=0.011)
    desk.get_by_role("button", name="Undo").click()
    assert np.asarray(state(desk)["image"])[18, 14] < 1


@pytest.mark.site
def test_a_finger_draws(phone: Page) -> None:
    fill(phone, widgets.lenet_live(np.zeros((28, 28))))
    pad = phone.locator(PAD).first
    pad.scroll_into_view_if_needed()
    place, finger = pad.bounding_box(), phone.context.new_cdp_session(phone)
    assert place is not None
    for kind, down in (("touchStart", 60), ("touchMove", 120), ("touchMove", 200)):
        points = [{"x": place["x"] + 100, "y": place["y"] + down}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        phone.wait_for_timeout(30)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert np.asarray(state(phone)["image"])[7:19, 9:11].max(axis=1).min() > 0.9
    assert phone.evaluate("window.scrollX") == 0


@pytest.mark.site
def test_a_picture_of_the_reader_s_own_is_read(desk: Page) -> None:
    fill(desk, widgets.lenet_live())
    ink = np.zeros((112, 112), np.uint8)
    ink[20:92, 50:62] = 255
    wanted = np.zeros((28, 28))
    wanted[5:23, 12:15] = 1
    for pixels in (ink, 255 - ink):  # light on dark, dark on light
        content = io.BytesIO()
        Image.fromarray(pixels).save(content, format="png")
        desk.get_by_role("button", name="Clear").click()
        desk.locator("input[type=file]").set_input_files(
            {"name": "one.png", "mimeType": "image/png", "buffer": content.getvalue()}
        )
        desk.wait_for_function("document.querySelector('.ck-figure').figure.state.image.flat().some(Boolean)")
        np.testing.assert_allclose(np.round(state(desk)["image"]), wanted, atol=1)
        assert np.abs(np.asarray(state(desk)["image"]) - wanted).mean() < 0.03
    kept = state(desk)["image"]
    desk.locator("input[type=file]").set_input_files(
        {"name": "words.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    desk.get_by_text("words.png is no picture that this browser can read.").wait_for()
    assert state(desk)["image"] == kept


@pytest.mark.site
def test_a_picked_picture_brings_the_network_that_knows_it(desk: Page) -> None:
    fill(desk, widgets.lenet_live())
    for name, network in (("ankle boot", "garments"), ("digit 7", "digits"), ("bag", "garments")):
        desk.locator("select[name=picture]").select_option(label=name)
        assert state(desk)["weights"] == network
        assert f"LeNet-5 reads {name.removeprefix('digit ')}" in readout(desk)
    desk.get_by_label("trained on").select_option(label="digits")
    assert state(desk)["weights"] == "digits", "a bag may be shown to the digits"


@pytest.mark.site
@pytest.mark.parametrize(
    ("opened", "said"),
    [
        (("C1", 2, 0, 0), "the sum of 25 products with input, and the bias."),
        (("S2", 1, 3, 4), "four numbers of C1, map 1."),
        (("C3", 4, 3, 5), "the sum of 150 products with S2, and the bias."),
        (("S4", 15, 4, 4), "four numbers of C3, map 15."),
        (("C5", 7, 0, 0), "the sum of 400 products with S4, and the bias."),
        (("F6", 83, 0, 0), "the sum of 120 products with C5, and the bias."),
        (("output", 3, 0, 0), "the sum of 84 products with F6, and the bias."),
        (("input", 0, 0, 0), "9 numbers of each map of C1 read it."),
        (("input", 0, 9, 1), "20 numbers of each map of C1 read it."),
    ],
)
def test_any_value_is_opened(desk: Page, opened: tuple[str, int, int, int], said: str) -> None:
    figure = widgets.lenet_live(opened=opened)
    fill(desk, figure)
    assert readout(desk).endswith(said)
    taps = desk.locator(".ck-tap").all_inner_texts()
    shown = [
        float(left.replace("−", "-")) * float(right.strip("·()").replace("−", "-"))
        for left, right in (tap.split("\n") for tap in taps)
    ]
    bias, total, _ = np.asarray(figure.numbers["opened"])
    if opened[0] == "input":
        assert not desk.locator(".ck-opened").is_visible()
    else:
        assert sum(shown) + bias == pytest.approx(total, abs=0.1), "what stands there adds up"
