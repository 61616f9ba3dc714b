"""Faults in the words of a vocabulary: names, labels and definitions."""

from quality_terms import BELOW_PARK, NO_DOMAIN, NO_RANGE, defined, term

#: Faults: the rule, what to change (or to add at the end), and what the finding must say.
WORDS = {
    "a definition that repeats its English label": (
        "definition-repeats-label",
        ('"Is kept in the project under a path."@en', '"Is the file of the project."@en'),
        r"The definition of jsbio:file repeats its label @en\. Say in other words",
    ),
    "a definition that repeats its Chinese label": (
        "definition-repeats-label",
        ('"在项目中以某路径保存。"@zh', '"项目的文件路径。"@zh'),
        r"The definition of jsbio:file repeats its label @zh\.",
    ),
    "two terms that define each other": (
        "definitions-in-a-circle",
        defined("jsbio:First", "A second term.") + defined("jsbio:Second", "Some first terms."),
        r"The definition of jsbio:First leads back to itself @en, by way of Second\. Define one",
    ),
    "three terms that define each other in a circle": (
        "definitions-in-a-circle",
        defined("jsbio:First", "A second term.")
        + defined("jsbio:Second", "A third term.")
        + defined("jsbio:Third", "A first term."),
        r"The definition of jsbio:First leads back to itself @en, by way of Second, Third\.",
    ),
    "a circle in Chinese alone": (
        "definitions-in-a-circle",
        defined("jsbio:A", "One.").replace("测试jsbio:A所需之物", "含jsbio:B词者")
        + defined("jsbio:B", "Two.").replace("测试jsbio:B所需之物", "含jsbio:A词者"),
        r"The definition of jsbio:A leads back to itself @zh, by way of B\.",
    ),
    "two terms under one label": (
        "label-shared",
        term("jsbio:NewTerm", more=BELOW_PARK, label="Park"),
        r"jsbio:NewTerm and jsbio:Park have one label @en\. Say how they differ",
    ),
    "two terms with one definition": (
        "definition-shared",
        defined("jsbio:First", "The same.") + defined("jsbio:Second", "The same."),
        r"jsbio:First and jsbio:Second have one definition @en\.",
    ),
    "a class in lower case": (
        "label-case-of-class",
        ('"Free Trade Zone"@en', '"Free trade Zone"@en'),
        r"The label of jsbio:FreeTradeZone is not in title case: Free trade Zone\. Write the label",
    ),
    "a class that begins with a small word": (
        "label-case-of-class",
        ('"Free Trade Zone"@en', '"the Free Trade Zone"@en'),
        r"The label of jsbio:FreeTradeZone is not in title case: the Free Trade Zone\.",
    ),
    "a property in title case": (
        "label-case-of-property",
        ('"file name"@en', '"file Name"@en'),
        r"The label of jsbio:fileName is not in lower case: file Name\. Write the label of a prop",
    ),
    "a class with a small name": (
        "name-case",
        term("jsbio:newterm", more=BELOW_PARK),
        r"The name of jsbio:newterm is not written as such names are\. Write a class as Upper",
    ),
    "a property with underscores": (
        "name-case",
        term("jsbio:new_term", "owl:ObjectProperty", NO_DOMAIN + NO_RANGE, "new term"),
        r"The name of jsbio:new_term is not written as such names are\.",
    ),
}
