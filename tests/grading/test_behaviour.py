"""What is seen of a call: output, gradients on demand, exceptions, changed arguments; from here and from a runner."""

import torch

from kdquiz.grading.behaviour import observe, received, with_dtype
from kdquiz.grading.execution import Answer, Argument, Case
from kdquiz.grading.trusted import load


def case(grad: bool = True) -> Case:
    x = torch.tensor([1.0, 2.0], dtype=torch.float64)
    n = torch.tensor([1, 2])
    arguments = (Argument(name="x", value=x, grad=grad), Argument(name="n", value=n), Argument(name="k", value=3.0))
    return Case(name="one", arguments=arguments)


def test_arguments_are_passed_by_position_and_gradients_are_those_of_the_sum() -> None:
    seen = observe(lambda a, b, c: a * b * c, case())
    assert seen.output is not None
    assert seen.output.tolist() == [3.0, 12.0]
    gradient = seen.gradient("x")
    assert gradient is not None
    assert gradient.tolist() == [3.0, 6.0]
    assert seen.gradient("n") is None
    assert (seen.dtype, seen.raised, seen.changed) == (torch.float64, "", frozenset())


def test_no_gradient_where_none_is_wanted_or_none_arrives() -> None:
    assert observe(lambda x, n, k: x * k, case(grad=False)).gradient("x") is None
    assert observe(lambda x, n, k: n * k, case()).gradient("x") is None


def test_an_exception_and_a_value_that_is_no_tensor_are_behaviours() -> None:
    assert observe(lambda x, n, k: x / torch.zeros(3), case()).raised == "RuntimeError"
    assert observe(lambda x, n, k: 1.0, case()).raised == "returned float"


def test_an_exception_while_the_gradient_is_computed_is_seen_when_it_is_asked_for() -> None:
    def breaks_its_graph(x: torch.Tensor, n: torch.Tensor, k: float) -> torch.Tensor:
        hidden = (x * k).exp()
        hidden.add_(1)
        return hidden.sum()

    seen = observe(breaks_its_graph, case())
    assert seen.output is not None
    assert seen.exception() == "RuntimeError"
    assert seen.gradient("x") is None


def test_a_warning_is_not_an_exception() -> None:
    loss = load("import torch.nn.functional as F\ndef f(x, n, k): return F.kl_div(x, x, reduction='mean')", "f")
    assert observe(loss, case()).raised == ""


def test_the_case_is_not_touched_by_the_call() -> None:
    one = case(grad=False)
    seen = observe(lambda x, n, k: x.mul_(2) + n.add_(1), one)
    assert seen.changed == {"x", "n"}
    assert observe(lambda x, n, k: n.data.zero_() + x, one).changed == {"n"}
    assert [argument.value.tolist() for argument in one.arguments if torch.is_tensor(argument.value)] == [
        [1, 2],
        [1, 2],
    ]


def test_an_answer_of_a_runner_is_the_same_behaviour() -> None:
    one = case()
    x, n = one.arguments[0].value, one.arguments[1].value
    assert isinstance(x, torch.Tensor)
    assert isinstance(n, torch.Tensor)
    answer = Answer(output=x * 2, gradients={"x": x}, after={"x": x.clone(), "n": n + 1})
    seen = received(answer, one)
    assert seen.changed == {"n"}
    gradient = seen.gradient("x")
    assert gradient is not None
    assert gradient.tolist() == [1.0, 2.0]


def test_an_argument_of_another_shape_afterwards_was_changed() -> None:
    one = case()
    after = {"x": torch.zeros(3, dtype=torch.float64)}
    assert received(Answer(output=torch.zeros(()), after=after), one).changed == {"x"}


def test_another_dtype_is_for_floating_point_tensors_alone() -> None:
    values = [one.value for one in with_dtype(case(), torch.float32).arguments]
    assert [value.dtype for value in values if torch.is_tensor(value)] == [torch.float32, torch.int64]
    assert values[2] == 3.0
