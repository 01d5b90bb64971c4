"""Folders that JavaScript wrote, beside what JavaScript computed (tests/node/keras/write-references.ts)."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from make_references import rows_of
from minimart_keras import load
from minimart_keras.adam import move

GIVEN = Path(__file__).parent / "from-javascript"
KINDS = ("dotProduct", "embeddingMlp", "neuMf")


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def expected_of(kind):
    return load_file(GIVEN / f"{kind}.safetensors")


def test_scores_of_1000_rows_are_those_of_javascript(kind):
    expected = expected_of(kind)
    scores = load(GIVEN / kind).score(rows_of(expected, "rows"))
    assert scores.shape == (1000,)
    scale = np.abs(expected["scores"]).max()
    assert np.abs(scores - expected["scores"]).max() <= 1e-5 * scale


def test_ten_steps_have_the_losses_of_javascript(kind):
    expected, twin = expected_of(kind), load(GIVEN / kind)
    losses = [twin.step(rows_of(expected, f"batch {at}"), expected[f"batch {at}/labels"]) for at in range(10)]
    np.testing.assert_allclose(losses, expected["losses"], rtol=1e-4)
    after = twin.score(rows_of(expected, "rows"))
    assert np.abs(after - expected["after"]).max() <= 1e-4 * np.abs(expected["after"]).max()
    assert np.abs(after - expected["scores"]).max() > 1e-2


def test_what_is_written_back_untouched_has_the_same_bits(kind, tmp_path):
    load(GIVEN / kind).save(tmp_path / "back")
    for name in ("weights.safetensors", "optimizer.safetensors"):
        before, after = load_file(GIVEN / kind / name), load_file(tmp_path / "back" / name)
        assert before.keys() == after.keys()
        assert all(before[each].tobytes() == after[each].tobytes() for each in before)
    assert [each.name for each in tmp_path.iterdir()] == ["back"]


def test_rows_that_no_batch_names_stay_with_their_moments():
    twin = load(GIVEN / "dotProduct")
    before = {name: np.asarray(each.value) for name, each in twin.places.items()}
    moments = {name: np.asarray(each) for name, each in twin.moments.items()}
    twin.step({"user": np.array([2, 2]), "item": np.array([1, 5])}, [1, 0])
    moved = np.any(np.asarray(twin.places["table/item"].value) != before["table/item"], axis=1)
    assert np.flatnonzero(moved).tolist() == [1, 5]
    kept = np.any(np.asarray(twin.moments["table/item/v"]) != moments["table/item/v"], axis=1)
    assert np.flatnonzero(kept).tolist() == [1, 5]


def test_adam_is_the_formula():
    # m = 0.1 * 2 = 0.2, v = 0.001 * 4 = 0.004; both corrected: 2 and 4; 1 - 0.5 * 2 / (2 + 1) = 2 / 3
    value, m, v = move(1.0, 0.0, 0.0, 2.0, None, (0.9, 0.999, 1.0), 0.5, (0.1, 0.001))
    np.testing.assert_allclose([value, m, v], [2 / 3, 0.2, 0.004], rtol=1e-5)


@pytest.mark.parametrize(
    "change, rule",
    [
        (lambda d, c: d.update(format="another"), "be of the format"),
        (lambda d, c: d["settings"].update(kind="twoTower"), "hold a kind that has a twin"),
        (lambda d, c: d["training"].update(loss="mine"), "hold a loss of"),
        (lambda d, c: d["training"]["optimizer"].update(kind="sgd"), "hold the optimizer adam"),
        (lambda d, c: c["config"]["layers"][-1].update(class_name="Lambda"), "hold layers that have a twin"),
    ],
)
def test_folders_of_something_else_are_refused(change, rule, tmp_path):
    shutil.copytree(GIVEN / "dotProduct", tmp_path / "bad")
    texts = [tmp_path / "bad" / name for name in ("minimart.json", "keras.json")]
    values = [json.loads(text.read_text("utf-8")) for text in texts]
    change(*values)
    for text, value in zip(texts, values):
        text.write_text(json.dumps(value), "utf-8")
    with pytest.raises(ValueError, match=rule):
        load(tmp_path / "bad")


def test_weights_that_are_not_finite_are_refused(tmp_path):
    shutil.copytree(GIVEN / "dotProduct", tmp_path / "bad")
    weights = load_file(tmp_path / "bad" / "weights.safetensors")
    weights["table/user"] = np.full_like(weights["table/user"], np.nan)
    save_file(weights, tmp_path / "bad" / "weights.safetensors")
    with pytest.raises(ValueError, match="finite float32 numbers in 'table/user'"):
        load(tmp_path / "bad")


@pytest.mark.parametrize("user", [[-1], [7], [0.5]])
def test_indices_beyond_a_vocabulary_are_refused(user):
    with pytest.raises(ValueError, match="whole numbers from 0 to 6"):
        load(GIVEN / "dotProduct").score({"user": np.array(user), "item": np.array([0])})


def test_a_folder_that_is_there_is_left_alone(tmp_path):
    with pytest.raises(ValueError, match="not be there yet"):
        load(GIVEN / "dotProduct").save(tmp_path)
    assert list(tmp_path.iterdir()) == []
