"""Words of general English that say the same in an answer: which way something goes, how much of it, who beats whom.

Imports `marking.inflection`. Goes in: a word. Comes out: the words that may stand for it. Words of a field belong to
its packs (`synonyms` in pack.yaml), not here.

A line is `heads : others`. A phrase with one of the heads finds all words of the line; the others are found and do not
stand for the heads in turn, since they say less ("gradients get smaller" says that they shrink, "a small model" says
nothing of shrinking). Opposites never share a line.
"""

from collections.abc import Mapping

from kdquiz.marking.inflection import stem
from kdquiz.marking.negation import word_set

GROUPS = """
    increase rise raise grow growth gain amplify boost enlarge climb :
        more larger bigger higher greater stronger magnify
    decrease shrink reduce diminish lessen decline fall fade vanish dwindle decay :
        drop smaller lower less weaker fewer disappear attenuate dampen
    weaken : fade shrink decrease reduce weaker
    weak : faint feeble small low
    high large big great : higher larger huge bigger greater more considerable substantial strong
    strong : stronger strongly powerful
    low small little tiny slight minor : less smaller lower minimal negligible lighter minuscule
    limited insufficient scarce : few restricted lacking
    more further additional extra : richer greater larger higher lots plenty much bigger
    less fewer : lower reduce smaller decrease shrink little
    many plenty lots abundant plentiful numerous much : ample large huge
    better superior : improve best outperform beat exceed surpass
    best : optimal
    worse inferior : worsen degrade deteriorate hurt harm
    bad poor : terrible mediocre lousy awful weak
    good strong accurate capable competent : great excellent powerful better
    hurt harm damage spoil ruin degrade impair : worsen worse
    help benefit improve : better gain useful aid
    beat outperform exceed surpass overtake : outdo ahead win above outscore
    dominate outweigh overpower overwhelm drown : win overrule prevail overshadow swamp
    balance balanced : comparable equilibrium proportion
    equal same identical : equivalent equally unchanged
    similar similarity alike resemble resemblance : close related relate relation akin confuse similarly
    different differ distinct : difference vary unlike
    vary variance varied variation : fluctuate vary
    imitate mimic copy reproduce replicate emulate clone : match follow approximate imitation
    match fit align : imitate mimic reproduce agree equal approximate
    remove delete discard eliminate : drop prune cut rid
    ignore neglect disregard : skip overlook unaware forget
    use employ utilise apply :
    show reveal expose tell indicate convey : say visible carry encode disclose express
    train teach learn : educate
    fast quick rapid speed : quickly faster speedup
    slow : slowly slowness latency
    expensive costly pricey : cost expense costs
    cheap inexpensive affordable : cheaper cheaply
    fix fixed frozen constant static freeze : unchanged
    spread distribute : share smear
    evenly uniform uniformly : equally same even flat
    mistake error wrong incorrect err mistaken : fail misclassify inaccurate faulty fault mislead misled false
    wrong incorrect : false
    simultaneous simultaneously concurrently jointly together parallel : joint concurrent simultaneous
    each every per :
    keep retain preserve maintain : stay remain
    need require : must requirement necessary
    enough sufficient suffice : adequate plenty
    try test experiment evaluate measure check : assess
    choose select pick : choice selection
    noise noisy unreliable : random
    random randomly stochastic : chance
    huge enormous massive giant gigantic : large big
    hidden intermediate inner internal : middle
    soften flatten smooth soft : flat flatter softer smoother
    sharp peaked spiky peaky peak : sharpen
    accuracy accurate :
    confident confidence certain sure overconfident : certainty confidently
    uncertain unsure doubt doubtful hesitant : uncertainty ambiguous
    far much considerably significantly substantially : lot clearly
    convert turn transform change alter modify : shift
    tune adjust choose set : retune readjust retuning
    forbid prohibit ban disallow : forbidden prohibited illegal
    store save keep cache : stored
    before beforehand earlier prior previously : already ahead
    separate separately independent independently : apart alone
    zero nothing : nought
    compensate offset counteract counterbalance : correct restore undo cancel
    impossible : cannot
    allow enable permit : let
    original old initial :
    twice double : both
    half halve halved : halving
    average mean : averaged
    cause make produce lead yield : result give
    supply provide give deliver offer : generate produce
    existing available :
    explain : explanation
    fewer : less
"""


COMPARATIVES = word_set(
    """
    larger bigger higher greater stronger smaller lower weaker fewer faster cheaper flatter softer smoother richer
    lighter better worse poorer easier closer
    """
)
EXACTLY = "="
"""Before a word: its other forms do not stand for it ("raise T" is "a higher T", and not "a high T")."""


def _read(groups: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for line in groups.replace(":\n", ":").strip().splitlines():
        heads, _, others = line.partition(":")
        words = [EXACTLY * (word in COMPARATIVES) + word for word in (*heads.split(), *others.split())]
        for head in heads.split():
            found.setdefault(stem(head), {}).update(dict.fromkeys(words))
    return {head: tuple(words) for head, words in found.items()}


BY_STEM = _read(GROUPS)
"""For the stem of each head, the words that may stand for it, itself among them."""


def general_synonyms(word: str) -> tuple[str, ...]:
    """The words that may stand for `word` (lower case) in an answer; itself alone where no line has it as a head."""
    return BY_STEM.get(stem(word), (word,))
