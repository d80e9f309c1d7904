"""Quasi-Poisson regression with a logarithmic link, for many series on one design at once.

Iteratively reweighted least squares as R's `glm.fit` does it (start at y + 0.1, relative change of deviance below 1e-8,
at most 25 rounds), each series stopping where it would stop alone. All series share the design, so that a round is
a few products of matrices.
"""

from dataclasses import dataclass

import numpy as np

from heed.statistics.arrays import Flags, Floats, Integers

TOLERANCE = 1e-8
ROUNDS = 25
LOWEST, HIGHEST = -700.0, 700.0  # of a predictor: what exp can take


@dataclass(frozen=True)
class Design:
    """A design, (points, terms), with what every fit on it needs: the products of each two of its columns."""

    x: Floats
    pairs: Floats
    rows: np.ndarray
    columns: np.ndarray

    @property
    def terms(self) -> int:
        return int(self.x.shape[1])


def design(*columns: Floats) -> Design:
    """Stack columns of (points,) or (points, several)."""
    x = np.column_stack(columns).astype(np.float64)
    rows, cells = np.triu_indices(x.shape[1])
    return Design(x, x[:, rows] * x[:, cells], rows, cells)


@dataclass(frozen=True)
class Fit:
    """Fits of many series. coefficients (series, terms); mean, weight (of the last round), leverage (series, points);
    covariance (series, terms, terms), to be multiplied by a dispersion; freedom (series,), points known less terms;
    converged (series,)."""

    y: Floats
    prior: Floats
    coefficients: Floats
    mean: Floats
    weight: Floats
    covariance: Floats
    freedom: Floats
    converged: Flags
    design: Design

    @property
    def leverage(self) -> Floats:
        """Each point's weight in its own fitted value, below 1."""
        doubled = np.where(self.design.rows == self.design.columns, 1.0, 2.0)
        packed = self.covariance[:, self.design.rows, self.design.columns] * doubled
        return np.minimum(self.weight * (packed @ self.design.pairs.T), 1.0)

    @property
    def residual(self) -> Floats:
        """Working residuals, (y - mean) / mean; 0 where y is not known."""
        return np.where(self.prior > 0, (self.y - self.mean) / self.mean, 0.0)

    @property
    def dispersion(self) -> Floats:
        """Pearson's chi-square over the degrees of freedom, (series,); NaN without any."""
        return self._dispersion(self.weight)

    @property
    def dispersion_of_prior(self) -> Floats:
        """What the reference takes for the dispersion after reweighting, wrongly: working residuals by prior weights."""
        return self._dispersion(self.prior)

    def _dispersion(self, weight: Floats) -> Floats:
        total = np.where(weight > 0, weight * self.residual**2, 0.0).sum(axis=1)
        found: Floats = np.divide(total, self.freedom, out=np.full(total.shape, np.nan), where=self.freedom > 0)
        return found


def fit(y: Floats, model: Design, *, offset: Floats | None = None, prior: Floats | None = None) -> Fit:
    """Fit y, (series, points), on the design; what is NaN, in y or its offset, is left out.

    offset: of the linear predictor, (points,) or (series, points). prior: weights, (series, points)."""
    shift = np.broadcast_to(np.float64(0.0) if offset is None else offset, y.shape)
    known = ~np.isnan(y) & np.isfinite(shift)
    shift = np.where(known, shift, 0.0)
    counts = np.where(known, y, 0.0)
    weights = known.astype(np.float64) if prior is None else np.where(known, prior, 0.0)
    state = _State(counts, weights, shift, model)
    active = np.arange(len(y))
    for _ in range(ROUNDS):
        active = state.round(active)
        if not active.size:
            break
    converged = np.ones(len(y), dtype=bool)
    converged[active] = False
    covariance, rank = _inverse(state.weight, model)
    return Fit(
        y=counts, prior=weights, coefficients=state.coefficients, mean=state.mean, weight=state.weight,
        covariance=covariance, freedom=(weights > 0).sum(axis=1) - rank.astype(np.float64), converged=converged,
        design=model,
    )  # fmt: skip


class _State:
    """Where the fit of each series stands."""

    def __init__(self, y: Floats, prior: Floats, offset: Floats, model: Design) -> None:
        self.prior, self.offset, self.model = prior, offset, model
        self.mean = y + 0.1
        self.predictor = np.log(self.mean)
        self.weight = prior * self.mean
        self.coefficients = np.zeros((len(y), model.terms))
        self.counted = prior * y
        with np.errstate(divide="ignore", invalid="ignore"):
            saturated = np.where(y > 0, self.counted * (np.log(y) - 1), 0.0)
        self.best = np.asarray(saturated.sum(axis=1))  # the log-likelihood of a term for every point, less constants
        self.deviance = self._deviance(slice(None), self.weight)

    def _deviance(self, at: slice | Integers, expected: Floats) -> Floats:
        """`expected`: means times their prior weights."""
        fitted = np.einsum("ij,ij->i", self.counted[at], self.predictor[at])
        return np.asarray(2.0 * (self.best[at] - fitted + expected.sum(axis=1)))

    def round(self, which: Integers) -> Integers:
        """One round for the series `which`; those that go on."""
        at = slice(None) if which.size == len(self.prior) else which
        weight = self.prior[at] * self.mean[at]
        # weight times the working response, (predictor - offset) + (y - mean) / mean
        pull = weight * (self.predictor[at] - self.offset[at] - 1.0) + self.counted[at]
        coefficients = _solve(weight, pull, self.model)
        predictor = np.clip(coefficients @ self.model.x.T + self.offset[at], LOWEST, HIGHEST)
        mean = np.exp(predictor)
        self.weight[at], self.coefficients[at] = weight, coefficients
        self.predictor[at], self.mean[at] = predictor, mean
        before = self.deviance[at]
        now = self._deviance(at, self.prior[at] * mean)
        moving = ~(np.abs(now - before) / (np.abs(now) + 0.1) < TOLERANCE)
        self.deviance[at] = now
        return which[moving]


def _gram(weight: Floats, model: Design) -> tuple[Floats, Floats]:
    """(the information matrices with a diagonal of 1, the scale that was taken out). A term without any weight stands
    alone, so that its coefficient is 0."""
    packed = weight @ model.pairs
    gram = np.empty((len(weight), model.terms, model.terms))
    gram[:, model.rows, model.columns] = packed
    gram[:, model.columns, model.rows] = packed
    scale = np.sqrt(np.einsum("ijj->ij", gram))
    empty = ~(scale > 0)
    scale[empty] = 1.0
    gram /= scale[:, :, None] * scale[:, None, :]
    terms = np.arange(model.terms)
    gram[:, terms, terms] = 1.0
    return gram, np.where(empty, np.nan, scale)


def _solve(weight: Floats, pull: Floats, model: Design) -> Floats:
    gram, scale = _gram(weight, model)
    right = np.nan_to_num((pull @ model.x) / scale)
    try:
        solved = np.linalg.solve(gram, right[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        solved = np.einsum("ijk,ik->ij", np.linalg.pinv(gram, hermitian=True), right)
    return np.nan_to_num(solved / scale)


def _inverse(weight: Floats, model: Design) -> tuple[Floats, Floats]:
    """(covariances, their ranks)."""
    gram, scale = _gram(weight, model)
    rank = model.terms - np.isnan(scale).sum(axis=1)
    try:
        inverse = np.linalg.inv(gram)
    except np.linalg.LinAlgError:
        inverse = np.linalg.pinv(gram, hermitian=True)
    covariance = inverse / (scale[:, :, None] * scale[:, None, :])
    return np.nan_to_num(covariance), rank
