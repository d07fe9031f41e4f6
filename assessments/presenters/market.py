"""The market in words: how sure a row is, how a tuned model is paid for, how old what we know is."""

from collections.abc import Mapping

from assessments.framework.market import Mark

MARKS: Mapping[Mark, str] = {
    "provider": "Read on the provider's own page",
    "copy": "Read in a copy of the provider's page",
    "secondary": "From a secondary source",
    "unsure": "Not sure: sources disagree or are old",
}
