"""This module lists the phrases by which a sentence of an abstract shows what it is for.

Each cue says whether a sentence shows it. Every repetition in the patterns is bounded, so that
they take linear time on any text.
"""

import re
from collections.abc import Callable
from functools import lru_cache


def _cue(pattern: str) -> Callable[[str], bool]:
    # Lower case beforehand takes half the time of re.IGNORECASE.
    search = re.compile(pattern).search

    @lru_cache(maxsize=64)  # of each sentence of a paper, a cue is asked up to five times
    def shows(sentence: str) -> bool:
        return search(sentence.lower()) is not None

    return shows


_AUTHORS = (
    r"(?:\b(?:we|(?:this|the present|our) (?:\w+ )?(?:paper|work|article|study|letter|report|thesis"
    r"|survey|review|manuscript|research|note|tutorial|monograph))\b|本文|我们|本研究)"
)

# "We propose ...", "This paper introduces ...": the sentence that states the contribution.
proposes = _cue(
    _AUTHORS + r"[^.;:]{0,40}?(?:\b(?:proposes?|presents?|introduces?|develop(?:s|ed)?"
    r"|(?:design(?:s|ed)?|devised?) (?!to\b)|describes?|contributes?|unveils?|formulates?"
    r"|establish(?:es)?|builds?|constructs?)\b|提出|介绍|设计|构建|开发|给出)"
    r"|\b(?:is|are) (?:hereby )?(?:proposed|introduced|presented)\b"
)

# "Our framework, DriftNet, maps ...", "our method, called DriftNet": proposed in passing.
names_own = _cue(
    r"\bour (?:\w+ ){0,3}?(?:framework|method|model|approach|system|algorithm|architecture|pipeline"
    r"|technique|network|dataset|benchmark|toolkit|solution)"
    r"(?:,? (?:called|named|dubbed|termed) |, (?=[\w+-]{2,40},))"
)

# "We study ...", "In this paper, we show ...": weaker, and often the only such sentence.
studies = _cue(
    _AUTHORS + r"[^.;:]{0,40}?(?:\b(?:study\b|studies\b|investigat|explor|examin|analy[sz]|address"
    r"|consider|aim\b|aims\b|seek|tackl|offer|provid|argue|revisit|survey|review|show\b|shows\b)"
    r"|研究|探讨|分析|针对)"
    r"|\b(?:the (?:aim|goal|purpose|objective) of this|our (?:aim|goal|objective))\b"
    r"|^in this (?:paper|work|article|study|letter|report|survey)\b"
)

names_authors = _cue(r"\b(?:we|our|ours)\b|\bthis (?:paper|work|study|article)\b|本文|我们")

# The authors act in the main clause, not in a remark at the end.
opens_with_authors = _cue(
    r"^(?:\S{1,40} ){0,5}?(?:(?:we|our)\b|this (?:paper|work|study|article)\b)"
    r"|^\w{0,6}(?:本文|我们)"
)

reports_results = _cue(
    r"\b(?:results? (?:show|demonstrat|indicat|suggest|reveal|confirm|on\b|from\b|in\b)"
    r"|experiment(?:s|al)?\b|empirical|evaluations?\b|outperform|surpass|exceeds?\b"
    r"|(?:demonstrat|exhibit|show|deliver|yield)(?:e?s|ing|ed) (?:\S+ ){0,4}?(?:performance|results"
    r"|accuracy|improvements?|gains?)\b"
    r"|achiev(?:es|ed|ing)\b|(?:sets?|establish(?:es|ing)?|reach(?:es|ing)?) a new "
    r"(?:benchmark|standard|baseline|state)|new state-of-the-art"
    r"|state-of-the-art (?:performance|results|accuracy)"
    r"|(?:improv|reduc|increas|boost|speed|lower|rais|cut)\w{0,4}"
    r" (?:\S+ ){0,6}?(?:by|to|from|over|up)\b|comparable (?:performance|results|accuracy)"
    r"|competitive (?:performance|results)"
    r"|(?:accuracy|score|f1|auc|fid|psnr|ssim|bleu) of\b"
    r"|we (?:also |further |then |empirically |extensively |thoroughly )?"
    r"(?:find|found|observe|show|demonstrate"
    r"|evaluate|validate|verify|prove|test|compare|report|conduct))"
    r"|\b(?:evaluated|validated|tested|benchmarked|verified) (?:on|using|with|against|across)\b"
    r"|\bour (?:results|findings|analysis|study|work)\b[^.;]{0,20}"
    r"(?:show|demonstrat|indicat|suggest|reveal|confirm|highlight)"
    r"|实验|结果表明|优于|提升了|提高了|降低了|达到"
)

compares = _cue(
    r"\b(?:outperform|surpass|exceed|superior|state-of-the-art|sota\b|competitive|comparable|faster"
    r"|better than|higher than|lower than|fewer|improv(?:es|ed|ement|ements|ing)\b|on par"
    r"|effectiveness"
    r"|gains?\b)|优于|提升|提高|降低|超过"
)

evaluates = _cue(
    r"\b(?:experiment(?:s|al)?|evaluat(?:e|ed|es|ion|ions)|validat(?:e|ed|es|ion)|benchmarks?"
    r"|datasets?|tasks?|test(?:ed|s)? (?:\S+ )?on|corpora|applications?)\b|实验|数据集|任务|评测"
    r"|\b(?:we (?:also )?(?:prove|find|show|confirm|conclude)|our (?:results|analysis|findings))\b"
)

measures = _cue(
    r"(?<![\w.,-])(?:\$?\\?~?)\d+(?:[.,]\d+)*\s?(?:\\?%|\$?\\times|x\b|×|倍|percent"
    r"|points?\b|times\b|db\b"
    r"|ms\b|fps\b|hours?\b|seconds?\b)|(?<![\w.-])\d+\.\d+"
    # Money, but no formula: "$5$".
    r"|\\\$\d|(?<!\S)(?:us)?\$\d[\d.,]{0,20}(?:[km]\b)?(?=[ ,.;)]|\Z)(?![^$]*\$)"
)

tells_problem = _cue(
    r"^(?:however|but|yet|nevertheless|unfortunately|still|despite)\b|\bhowever\b|\b(?:existing|previous|prior"
    r"|current|traditional|conventional|earlier|most) (?:\S+ ){0,3}?(?:methods?|approach(?:es)?"
    r"|works?|models?|solutions?|techniques?|studies|systems?|algorithms?|research|frameworks?"
    r"|benchmarks?|datasets?|pipelines?|evaluations?|mechanisms?|strategies|efforts)\b"
    r"|\b(?:suffers?|limit(?:s|ed|ing|ations?)?|lack(?:s|ing)?"
    r"|(?:overlook|neglect|ignor|hinder|hamper|impair|degrad|compromis)(?:e?s|ing|ed)"
    r"|fail(?:s|ing)? (?:to|during|in|on|when|for)|struggles?"
    r"|remains? (?:an? )?(?:\S+ )?(?:challeng\w{1,4}|difficult"
    r"|elusive|under\w{4,8}|un\w{4,8}|open)|challenging|bottleneck|inefficien\w{1,4}|costly|expensive"
    r"|time-consuming|at the (?:cost|expense) of|prohibitive\w{0,2}|burdens?|overhead|suboptimal"
    r"|cannot|rarely|impractical|too (?:slow|many|few|large|costly)|hard to|neither|challenges?"
    r"|intractab\w{1,6}|scarc\w{1,4}|under-?explored|unexplored|prone to|vulnerable to|drawbacks?"
    r"|shortcomings?|ill-suited|yet to be|gaps? (?:in|between))\b"
    r"|然而|但是|现有|局限|不足|困难"
)

# The authors turn back to what others did or could not do.
turns_to_others = _cue(
    r"^(?:however|but|yet|unfortunately|existing|previous|prior|current|traditional|conventional"
    r"|most|many|despite|although)\b|然而|现有"
)

# "Existing forecasts rely on ...": what others do is told for what is wrong with it.
tells_of_others = _cue(r"^(?:existing|current|prior|previous|most) |^现有")

# "Unlike popular models, DriftNet needs no ...": the others only stand beside the own work.
sets_apart = _cue(r"^(?:unlike|in contrast to|compared (?:to|with)) ")

# "We hope ..." is no result, and what is left for later is neither result nor meaning.
hopes = _cue(r"^(?:\w+, )?we (?:\w+ly |also )?(?:hope|anticipate|envision|expect)\b")
plans = _cue(
    r"^(?:in |for |as )?(?:our |the )?future (?:work|research|studies|efforts|directions?)\b"
    r"|^(?:\w+, )?we (?:plan|intend|leave)\b"
)

# "The bound is tight up to a constant": what was proved, not what was done.
claims = _cue(
    r"^(?:the|this|our|these)(?: [\w-]{1,30}){1,3} (?:is|are) (?:\w+ly )?(?:tight|optimal|sharp"
    r"|minimax|unique|consistent|unbiased|near-optimal)\b"
)

tells_method = _cue(
    r"^(?:specifically|concretely|in particular|to (?:this end|achieve|address|tackle|overcome"
    r"|solve|enable|reduce|improve|ensure|mitigate|eliminate)"
    r"|first|second|third|then|next|finally|given)\b"
    r"|\bour (?:\w+ ){0,2}?(?:method|approach|framework|model|algorithm|system|pipeline|technique"
    r"|architecture|network|solution|strategy|key (?:idea|insight))\b"
    r"|\bwe (?:\w+ly )?(?:first |then |also |further |next |finally )?"
    r"(?:use|train|leverage|employ|apply"
    r"|extract|adopt|utili[sz]e|incorporate|integrate|combine|optimi[sz]e|model|learn|generate|collect"
    r"|fine-tune|decouple|exploit|delve|perform|render|edit|condition)\b"
    r"|\b(?:is based on|consists of|comprises?|composed of|builds on|relies on|incorporates?"
    r"|integrates|leverages|employs|utili[sz]es)\b|具体|首先|其次|采用|利用"
)

# "We split each image ...": the authors do something, other than talk to the reader.
acts = _cue(
    r"\bwe (?:\w{2,14}ly |then |first |also |further |next |finally )?"
    r"(?!(?:note|notice|see|saw|show|find|found|observe|believe|hope|refer|assume|denote|discuss"
    r"|describe|recall|remark|emphasi[sz]e|conclude|argue|can|could|may|might|should|would|will|must"
    r"|have|had|do|did|are|were|need|want|know|call|write|say|let|get|obtain|only|now|also|do"
    r"|expect|compare|explain|showcase|illustrate|look|walk)\b)"
    r"[a-z]{3,}"
)

# "As we discussed ...", "Below, we showcase ...": it leads through the paper, or weighs what is
# done against something else, and is no step of it.
guides = _cue(
    r"^as (?:we |already |previously |was )?(?:\w+ )?(?:discussed|mentioned|described|noted"
    r"|explained|stated|shown|seen|said)\b|^(?:below|above|recall|remember|note|notice)\b"
    r"|\b(?:next|previous|following|preceding) (?:sub)?sections?\b"
    r"|\b(?:so far|(?:elaborated?|described?|discussed?|explain(?:ed)?) below|in the following)\b"
    r"|^(?:\w+,? ){0,4}?we (?:\w+ly |then |first |also |now |next |will |can |shall ){0,2}"
    r"(?:explain|showcase|walk|look at|illustrate|expect|hope|note|remark|observe|describe|discuss"
    r"|elaborate|compare|refer|review|recall|denote|show|talk|turn our"
    r"|(?:give|provide|present) (?:an|only|a \w+) (?:examples?|overview|introduction|summary))\b"
    r"|\b(?:is|are) (?:identical|equivalent|similar|analogous) to\b"
)

releases = _cue(
    r"\b(?:codes?|data|datasets?|models?|weights|demo|videos?|resources|toolkit|materials?|project"
    r"|implementation|repository|benchmark)\b"
    r"[^.;]{0,60}\b(?:available|released?|open-sourced?|(?:found|accessed) at|supplementary"
    r"|(?:can|could|will|may) be (?:found|accessed))\b"
    r"|\b(?:code|implementation|project (?:page|site)|website)\b[^.;]{0,20}(?:\bat\b|:)"
    r"|\bwe (?:will )?(?:open-source|release)\b|https?://|\bgithub (?:link|page|repository)\b"
    r"|\b(?:resources?|lists?|papers)\b[^.;]{0,60}\b(?:collected|updated|maintained) (?:at|on|in)\b"
)

tells_significance = _cue(
    r"\b(?:insights? (?:into|on|for|about|from)|(?:valuable|new|novel|deep|practical|actionable"
    r"|important|useful|theoretical|empirical) insights?|implications?|promising|broader|avenues?"
    r"|potential (?:of|for|to|in|as|use|applications?)|pav(?:es?|ing) the way"
    r"|open(?:s|ing)? (?:up )?(?:new|the)|advancing|advance(?:s|ments?)? (?:in|of|the|an?)"
    r"|(?:foundations?|basis|guidelines) for|(?:provid(?:es?|ing)|practical|useful) guidance for"
    r"|(?:our|better|deeper) understanding of"
    r"|future (?:work|research|studies|directions?|developments?|improvements?)"
    r"|contribut(?:es?|ing) to|highlight(?:s|ing)? the|underscor(?:es?|ing)"
    r"|shed(?:s|ding)? (?:new )?light|serves? as (?:an?|the)|we (?:hope|believe)"
    r"|steps? (?:towards?|forward|closer)"
    r"|(?:new|novel) (?:benchmark|baseline|standard|paradigm|direction)s? (?:for|in|of)"
    r"|(?:an? |towards? )(?:\S+ ){0,6}?(?:solution|tool|alternative|resource) (?:for|to)"
    r"|(?:results|findings|work|study|insights)"
    r" (?:position|call|motivate|inform|guide|highlight)s?)\b"
    r"|\bthat [^.;]{1,60} (?:can|could|may) (?:be an?|serve|offer|provide)\b"
    r"|意义|潜力|启示|应用前景"
)

# Weaker: at the end of an abstract, it says whom the work serves and for what.
tells_use = _cue(
    r"\b(?:enabl(?:es?|ing)|facilitat(?:es?|ing)|benefit(?:s|ing)?|practical(?:ly|ity)?|real-world"
    r"|applicab\w{1,6}|applications?|useful\w{0,4}|valuable|suitable|support(?:s|ing)"
    r"|opportunit\w{1,3}|deploy\w{0,6}|scalable|generali[sz](?:es?|able|ability)|versatil\w{1,3}"
    r"|reliabl\w{1,6}|trustworthy|empower\w{0,3}|accelerat(?:es?|ing)|impact|gap)\b"
    r"|实用|适用|有助于|应用"
)

tells_innovation = _cue(
    r"\b(?:novel|innovative|unlike|in contrast to|as opposed to|the first|first-ever"
    r"|for the first time"
    r"|new (?:\S+ ){0,2}?(?:method|approach|framework|paradigm|perspective|dataset|benchmark|model"
    r"|algorithm|loss|class|family|architecture|mechanism|module|strategy|technique|formulation|task"
    r"|concept)|key (?:idea|insight|observation|innovation|novelty|contributions?)|pioneers?"
    r"|without (?:the need|requiring|needing|any|additional|access|training|retraining|fine-tuning)"
    r"|no longer requires?|does not (?:require|need)|eliminat(?:es|ing) the need|rethink)\b"
    r"|创新|首次|新颖|不同于|无需"
)

# A sentence that leans on the one before it reads badly alone.
leans_back = _cue(
    r"^(?:it|this|these|those|they|such|that|its|their|he|she|the (?:former|latter))\b"
    r"(?! (?:paper|work|article|study|letter|report|survey|thesis|review))"
)
# "To address this issue, we ..." answers a sentence that does not stand before it any more.
answers = _cue(
    r"^(?:to|in|for|with|by|based on)(?: \w+){0,3}? (?:this|these|that|those|such|the above)\b"
    r"(?! (?:paper|work|article|study|letter|report|survey|thesis|review))"
)
continues = _cue(
    r"^(?:moreover|furthermore|additionally|in addition|also|further|finally|lastly|besides|second"
    r"|secondly|third|next|then|thus|therefore|hence|consequently|as a (?:result|consequence)"
    r"|for example|for instance)\b|^(?:此外|另外|最后)"
)
