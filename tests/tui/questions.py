"""One question of each kind that is typed, arranged or predicted, with texts that would be markup if read as such."""

from kdquiz.library.kinds.cloze import Cloze
from kdquiz.library.kinds.numeric import Numeric, Slip
from kdquiz.library.kinds.order import Order
from kdquiz.library.kinds.predict import Predict
from kdquiz.library.options import Option

NUMERIC = Numeric(
    id="soften-three-logits",
    kind="numeric",
    ask="A teacher's logits are [{a}, 0, 0]. At T = {T}, what probability does class 0 get?",
    draw={"a": (4,), "T": (2,)},
    value="softmax([a/T, 0, 0])[0]",
    within=0.005,
    answer="`softmax([{a/T}, 0, 0])[0]` is {value}.",
    slips=(Slip(value="softmax([a, 0, 0])[0]", because="That is T = 1; divide the *logits* by T first."),),
    source="Hinton, Vinyals & Dean 2015, section 2",
)
CLOZE = Cloze(
    id="who-sees-the-temperature",
    kind="cloze",
    text=(
        "The temperature is applied to {{both | both networks | teacher and student}} in training and is "
        "{{1 | one}} at inference, where `F.softmax` runs on the logits of {{the student}}."
    ),
    answer="Only the *student* is deployed.",
    source="Hinton, Vinyals & Dean 2015, section 2",
)
ORDER = Order(
    id="order-of-a-training-step",
    kind="order",
    ask="Put one step of distillation in order.",
    steps=(
        "Teacher forward under `torch.no_grad()`",
        "Student forward",
        "Combine both losses",
        "Backward",
        "Step of the student's optimiser",
    ),
    answer="Teacher and student could change places, but the teacher's targets come first by custom.",
    source="PyTorch tutorial, Knowledge Distillation",
)
PREDICT = Predict(
    id="entropy-rises",
    kind="predict",
    ask="The temperature goes from 1 to 4. What does the entropy of the teacher's output do?",
    options=(
        Option(right="It rises"),
        Option(wrong="It falls", because="That is what a temperature below 1 does."),
        Option(wrong="It stays", because="Only the order of the classes stays."),
    ),
    answer="The entropy rises from 0.3 to 1.9 nats.",
    source="Guo et al. 2017, figure 4",
)
