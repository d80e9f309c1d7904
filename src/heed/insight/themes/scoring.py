"""A trained model, and what it says of a text. It is kept as arrays and JSON, never as a pickle."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np

from heed.insight.themes.tokens import Features
from heed.insight.themes.vectors import Sparse, Vocabulary
from heed.statistics.arrays import Floats

FORMAT = 1


@dataclass(frozen=True)
class Model:
    """`weights` (features, labels) and `bias` give a margin for each label, `mixing` (labels, labels) and `shift` make
    log odds of them: of one label among all, or with `several` of each for itself. `thresholds`: from which probability
    a label is put to a text that may have several. `trained`: examples of each label."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    mixing: Floats
    shift: Floats
    thresholds: Floats
    trained: tuple[int, ...]
    several: bool

    def probabilities(self, rows: Sparse) -> Floats:
        """(texts, labels)."""
        return probable(self.margins(rows) @ self.mixing + self.shift, self.several)

    def margins(self, rows: Sparse) -> Floats:
        """(texts, labels), before they are calibrated."""
        found = np.tile(self.bias, (len(rows.starts) - 1, 1)).astype(float)
        for number in range(len(found)):
            part = slice(rows.starts[number], rows.starts[number + 1])
            found[number] += rows.values[part] @ self.weights[rows.columns[part]]
        return found

    def behind(self, found: Features, label: int, most: int = 3) -> list[str]:
        """The words of the text that speak most for a label, the strongest first: words and pairs, no pieces."""
        row = self.vocabulary.vector({"word": found["word"]})
        names = {self.vocabulary.places[key]: name for name in found["word"] if (key := f"word {name}") in self.places}
        for_it = {names[place]: value * self._lean(place, label) for place, value in row.items()}
        chosen: list[str] = []
        for name in sorted(for_it, key=lambda name: (-for_it[name], name)):
            if for_it[name] > 0 and not any(set(name.split()) & set(other.split()) for other in chosen):
                chosen.append(name)
        return chosen[:most]

    @property
    def places(self) -> dict[str, int]:
        return self.vocabulary.places

    def _lean(self, place: int, label: int) -> float:
        """How much a feature speaks for a label rather than for the others on average."""
        return float(self.weights[place, label] - self.weights[place].mean())


def probable(log_odds: Floats, several: bool) -> Floats:
    """Probabilities of log odds: one label among all, or each for itself."""
    if several:
        return 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    raised = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def to_bytes(model: Model) -> bytes:
    """The model as a file: a zip of JSON and arrays."""
    told = {
        "format": FORMAT, "labels": model.labels, "several": model.several, "trained": model.trained,
        "features": sorted(model.places, key=model.places.__getitem__),
    }  # fmt: skip
    arrays = {
        "idf": model.vocabulary.weights, "weights": model.weights, "bias": model.bias,
        "mixing": model.mixing, "shift": model.shift, "thresholds": model.thresholds,
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("model.json"), json.dumps(told))
        for name, array in arrays.items():
            raw = io.BytesIO()
            np.save(raw, array.astype(np.float32), allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy"), raw.getvalue(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def from_bytes(content: bytes) -> Model:
    """The model of a file. Raises ValueError where it is none, or of another format."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told: dict[str, Any] = json.loads(file.read("model.json"))
        if told["format"] != FORMAT:
            raise ValueError(f"a model of format {told['format']}, where {FORMAT} is read")
        read = {
            name: np.load(io.BytesIO(file.read(f"{name}.npy")), allow_pickle=False).astype(float)
            for name in ("idf", "weights", "bias", "mixing", "shift", "thresholds")
        }
    places = {name: place for place, name in enumerate(told["features"])}
    return Model(
        tuple(told["labels"]), Vocabulary(places, read["idf"]), read["weights"], read["bias"], read["mixing"],
        read["shift"], read["thresholds"], tuple(told["trained"]), told["several"],
    )  # fmt: skip
