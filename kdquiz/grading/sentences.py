"""The plain words for exceptions that say the same whatever the case, and the lists that `words` looks into.

Data alone: imports nothing. In a sentence, {0} is what the first group of the pattern has found.
"""

IMPORTS = {
    "F": "import torch.nn.functional as F",
    "nn": "from torch import nn",
    "torch": "import torch",
    "math": "import math",
    "np": "import numpy as np",
    "functional": "from torch.nn import functional",
}
"""The usual names of modules -> how each is imported."""

HOMES = {
    "F": ("kl_div", "log_softmax", "softmax", "cross_entropy", "nll_loss", "mse_loss", "one_hot", "normalize"),
    "torch": ("tensor", "Tensor", "no_grad", "exp", "log", "sqrt", "logsumexp", "stack", "zeros", "ones", "arange"),
    "nn": ("KLDivLoss", "CrossEntropyLoss", "NLLLoss", "MSELoss", "LogSoftmax", "Softmax", "Module"),
}
"""A module -> what is often called without it."""

THINGS = {
    "NoneType": "None: does a function lack its `return`?",
    "tuple": "a tuple: is there a comma too many, as at the end of a line?",
    "list": "a list: `torch.stack` makes a tensor of a list of tensors.",
    "str": "a text, in quotes.",
    "function": "a function that was not called: are its parentheses missing?",
    "method": "a function that was not called: are its parentheses missing?",
    "builtin_function_or_method": "a function that was not called: are its parentheses missing?",
    "type": "a class: are its parentheses missing?",
    "module": "a module: name the function in it, as in `F.softmax(...)`.",
    "torch.Size": "a shape, of several numbers: name one, as in `shape[0]`.",
}
"""Python's word for a kind of thing -> what it is where a tensor or a number is wanted."""

SIGNS = {
    **dict.fromkeys("−–—", "-"),
    **dict.fromkeys("·×⋅∗", "*"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’´", "'"),
    **{"²": "** 2", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "，": ",", "（": "(", "）": ")", "：": ":"},
}
"""A sign of a printed text -> Python's."""

NO_POWER = "`^` is no power in Python: write `x ** 2`, or `x * x`."

SENTENCES = {
    # ---- shapes ----
    r"shapes cannot be multiplied \((\w+) and (\w+)\)": (
        "A matrix product of shapes {0} and {1} does not exist: the inner sizes must be equal. Is a transpose missing, "
        "or did you mean `*`?"
    ),
    r"shape '(\[.*?\])' is invalid for input of size (\d+)": "{1} entries do not fill the shape {0}.",
    r"view size is not compatible": "After a transpose `view` cannot do that; `reshape` can.",
    r"Index tensor must have the same number of dimensions": (
        "`gather` wants an index with as many dimensions as the tensor: `index[:, None]` makes it a column."
    ),
    r"zero-dimensional tensor .* cannot be concatenated": "`cat` joins rows; for single numbers there is `stack`.",
    r"of a 0-d(?:im)? tensor|over a 0-d tensor|to a 0-dim tensor": "That tensor is a single number, with no rows.",
    r"argmax\(\): Expected reduction dim to be specified": "That tensor is empty, and has no largest entry.",
    r"Boolean value of Tensor with more than one value": (
        "A tensor with several entries stands where one true or false is needed: in an `if`, or among the options of a "
        "module, which is made first and called then (`nn.KLDivLoss(...)(input, target)`)."
    ),
    r"(?:only one element tensors|a Tensor with \d+ elements cannot) ?(?:can )?be converted to": (
        "A tensor with several entries was turned into one Python number; reduce it first (`mean`, `sum`)."
    ),
    # ---- dtypes ----
    r"Expected floating point type for target with class probabilities": (
        "The target of `cross_entropy` has the shape of its input and holds whole numbers: it wants one class number a "
        "row (the labels as they are), or a distribution a row."
    ),
    r"(?:dtype|type) to be Long|expected scalar type Long": (
        "A loss got floating-point numbers where it wants class numbers: are its two arguments in order?"
    ),
    r"not implemented for 'Long'|Integral inputs not supported": (
        "Something that needs floating-point numbers got whole ones: are the arguments in the right order?"
    ),
    r"\"bitwise_xor\w*\" not implemented": NO_POWER,
    r"(?:Expected dtype int32/int64|expects? an int64|applicable to index tensor of type)": (
        "Whole numbers (int64) are wanted there, such as class numbers, and floating-point numbers came."
    ),
    r"expected m1 and m2 to have the same dtype, but got: (.+?) != (.+)|have the same dtype, but got (\w+) and (\w+)": (
        "Two tensors of different dtype meet there; `a.to(b.dtype)` converts one. Most cases come in float64."
    ),
    r"expected scalar type \w+ but found \w+|Found dtype \w+ but expected \w+": (
        "Two tensors of different dtype meet there; `a.to(b.dtype)` converts one. Most cases come in float64."
    ),
    # ---- losses and other functions ----
    r"0D or 1D target tensor expected": (
        "A loss wants one class number a row as its target, and got a matrix: are its two arguments in order?"
    ),
    r"Target (\d+) is out of bounds": "There is no class {0} there: does the last dimension hold the classes?",
    r"(\w+) is not a valid value for reduction": "There is no reduction `{0}`; `batchmean`, `mean`, `sum`, `none`.",
    r"(\w+)\(\) got an unexpected keyword argument '(\w+)'": "`{0}()` has no argument `{1}`.",
    r"(\w+)\(\) received an invalid combination of arguments - got \((.*?)\), but": (
        "`{0}()` does not take arguments of these kinds: ({1})."
    ),
    r"module '([\w.]+)' has no attribute '(\w+)'": "`{0}` has no `{1}`: look at the spelling.",
    r"expected Tensor as element \d+ in argument 0, but got (\w+)": (
        "`stack` and `cat` join tensors, and got a {0}; `torch.tensor(x)` makes a tensor of a number."
    ),
    r"only integer tensors of a single element can be converted to an index|can't multiply sequence by non-int": (
        "A list, a tuple or a text is multiplied there, and no tensor; or a tensor stands for an index."
    ),
    r"CUDA": "A drill runs on the processor alone: leave out `.cuda()` and `device='cuda'`.",
    # ---- gradients ----
    r"needed for gradient computation has been modified by an inplace operation": (
        "A tensor that the gradient needs was changed in place; compute a new tensor instead."
    ),
    r"does not require grad and does not have a grad_fn": (
        "Something that has no gradient was asked for one: it was detached, or computed under `no_grad`."
    ),
    r"Trying to backward through the graph a second time": (
        "The code has called `backward` itself; return the value, the gradient is computed from it."
    ),
    r"grad can be implicitly created only for scalar outputs": (
        "`backward` was called on a tensor with several entries; return the value, the gradient is computed from it."
    ),
    r"Can't call numpy\(\) on Tensor that requires grad": (
        "What numpy computes has no gradient, after a `detach` neither: use the functions of torch."
    ),
    # ---- Python ----
    r"^NotImplementedError(?!.* not implemented for ')": (
        "The function still raises NotImplementedError: replace that line by your own code."
    ),
    # ---- the source ----
    r"^IndentationError: unexpected indent": (
        "The line is further to the right than the one above it, and nothing there opens a block."
    ),
    r"^IndentationError: expected an indented block after .* on line (\d+)": (
        "What belongs to line {0} stands below it, indented; a comment alone is not enough."
    ),
    r"^IndentationError: unindent does not match": (
        "The line begins where no line above it begins: line it up with the block that it belongs to."
    ),
    r"^TabError": "Some lines are indented by tabs and some by spaces: take spaces everywhere.",
    r"^SyntaxError: 'return' outside function": "That line is not indented, so it is no part of the function.",
    r"^SyntaxError: invalid non-printable character": (
        "A sign that cannot be seen stands in that line, as in copied text: type its spaces anew."
    ),
    r"^SyntaxError: invalid (?:decimal|hexadecimal|octal|binary|imaginary) literal": (
        "A name cannot begin with a digit; and a product needs its `*`, as in `2 * T`."
    ),
    r"^SyntaxError: positional argument follows keyword argument": (
        "In a call, arguments without a name come first: `f(x, dim=-1)`."
    ),
    r"^SyntaxError: (?:non-default argument|parameter without a default) follows": (
        "A parameter without a default value stands after one that has one: give all that follow one, or none."
    ),
    r"^SyntaxError: unexpected character after line continuation": "Nothing may follow a `\\` at the end of a line.",
    r"^SyntaxError: invalid syntax$": (
        "Look at the end of the line before, too. A word of Python's own (`lambda`) is no name, and what marks code in "
        "a text (```, `>>>`) is no code."
    ),
}
"""What an exception says -> what it means."""
