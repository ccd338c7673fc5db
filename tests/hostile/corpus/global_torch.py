"""Submissions that change how torch works for a whole process, and leave it so. None reaches the next."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.lasting import right, wrong
from tests.hostile.corpus.saying import returning, said
from tests.hostile.row import Row

GRADIENT = "The value is right, but the gradient with respect to `student_logits` is wrong"


TORCH = (
    right(
        "default-dtype",
        "every new tensor in half precision",
        """
        torch.set_default_dtype(torch.float16)
        return torch.zeros(1).dtype == torch.float16
        """,
    ),
    right(
        "default-device",
        "every new tensor without numbers",
        """
        torch.set_default_device("meta")
        return torch.zeros(1).device
        """,
        "meta",
    ),
    right(
        "default-device-inside",
        "the same, in the first call",
        """
        torch.set_default_device("meta")
        return torch.zeros(1).device
        """,
        "meta",
        inside=True,
    ),
    right(
        "seeds",
        "the random numbers of torch, Python and numpy started anew",
        """
        import random, numpy
        torch.manual_seed(0); random.seed(0); numpy.random.seed(0)
        return torch.initial_seed() == 0, random.random() < 0.85, numpy.random.rand() < 0.6
        """,
        r"\(True, True, True\)",
    ),
    right(
        "anomaly-mode",
        "every backward pass traced",
        """
        torch.autograd.set_detect_anomaly(True)
        return torch.is_anomaly_enabled()
        """,
    ),
    right(
        "autocast-left-on",
        "mixed precision entered and never left",
        """
        torch.autocast("cpu", dtype=torch.bfloat16).__enter__()
        return torch.is_autocast_enabled("cpu")
        """,
    ),
    right(
        "threads",
        "eight threads for torch",
        """
        torch.set_num_threads(8)
        torch.set_num_interop_threads(8)
        return (torch.ones(300, 300) @ torch.ones(300, 300))[0, 0].item()
        """,
        "300.0",
    ),
    right(
        "compile",
        "a function given to torch.compile, which would want a compiler",
        """
        twice = torch.compile(lambda x: x + x, fullgraph=True)
        return twice(torch.ones(())).item()
        """,
        "2.0",
    ),
    right(
        "default-tensor-type",
        "the old way to set dtype and device",
        """
        torch.set_default_tensor_type(torch.BFloat16Tensor)
        return torch.zeros(1).dtype == torch.bfloat16
        """,
    ),
    right(
        "module-hooks",
        "a hook on every module that there will be",
        """
        calls = []
        torch.nn.modules.module.register_module_forward_hook(lambda *a: calls.append(1))
        torch.nn.Linear(1, 1)(torch.ones(1))
        return len(calls)
        """,
        "1",
    ),
)

AUTOGRAD = (
    wrong(
        "gradients-off",
        "gradients switched off for the teacher, and never on again",
        """
        torch.set_grad_enabled(False)
        return torch.is_grad_enabled()
        """,
        f"{GRADIENT}: no gradient arrived",
        "loss-without-graph",
    ),
    Row(
        name="global-gradients-off-after-the-first-call",
        aim="the same inside the function: the first case still has its gradient",
        source=returning("""
        torch.set_grad_enabled(False)
        print("OUTCOME", torch.is_grad_enabled())
        loss
        """),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(GRADIENT, r"no gradient arrived \(case 2 of 6", r"\| OUTCOME False"),
    ),
    wrong(
        "inference-mode",
        "inference mode entered and never left",
        """
        _tried.append(torch.inference_mode())  # ends with its object
        _tried[-1].__enter__()
        return torch.is_inference_mode_enabled()
        """,
        f"{GRADIENT}: no gradient arrived",
    ),
    wrong(
        "saved-tensors-lost",
        "what autograd keeps for the backward pass replaced by zeros",
        """
        hooks = torch.autograd.graph.saved_tensors_hooks(lambda kept: kept * 0, lambda kept: kept)
        hooks.__enter__()
        return "hooked"
        """,
        f"{GRADIENT}: at .0, 0. expected",
    ),
    wrong(
        "every-function-doubled",
        "a mode that doubles what each loss function gives",
        """
        from torch.overrides import TorchFunctionMode
        class Doubled(TorchFunctionMode):
            def __torch_function__(self, function, types, args=(), kwargs=None):
                found = function(*args, **(kwargs or {}))
                return found * 2 if function is F.cross_entropy else found
        Doubled().__enter__()
        return F.cross_entropy(torch.zeros(1, 1), torch.tensor([0])).item()
        """,
        "The value is wrong: expected",
    ),
    wrong(
        "torch-patched",
        "the functions of torch replaced in place",
        """
        before = F.log_softmax
        F.log_softmax = lambda x, dim: before(x, dim=0)
        return F.log_softmax is not before
        """,
        "The value is wrong: expected",
        "softmax-over-the-batch|The smallest case",
    ),
)

ROWS: tuple[Row, ...] = (*TORCH, *AUTOGRAD)
