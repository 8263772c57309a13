"""The stand-in's one page: how should this payment go?"""

from html import escape

CHOICES = (
    ("success", "Pay: the card is accepted", ""),
    ("declined", "The bank says no", "You come back and can try again."),
    ("late", "Pay, but the bank takes its time", "You come back at once; the answer follows in about 20 seconds."),
    ("closed", "Pay, then close the browser", "You never come back; only the provider's message tells the council."),
    ("twice", "Pay; the provider's message comes twice", "Nothing may be charged or delivered twice."),
    ("cancel", "Cancel the payment", "You come back without paying."),
    ("expired", "Leave and never finish", "As if 90 minutes had passed."),
)

PAGE = """<!doctype html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{styles}
</head>
<body class="govuk-template__body">
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
{main}
</main>
</div>
</body>
</html>
"""

FORM = """{problem}
<h1 class="govuk-heading-l">How should this payment go?</h1>
<p class="govuk-body">This is the practice payment page. No money moves, and it has no place for a card number.</p>
<dl class="govuk-summary-list">
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">For</dt>
<dd class="govuk-summary-list__value">{description}</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Reference</dt>
<dd class="govuk-summary-list__value">{reference}</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Amount</dt>
<dd class="govuk-summary-list__value">{amount}</dd></div>
</dl>
<form method="post" novalidate>
<div class="govuk-form-group">
<fieldset class="govuk-fieldset">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">Choose what happens</legend>
<div class="govuk-radios">
{choices}
</div>
</fieldset>
</div>
<button type="submit" class="govuk-button">Continue</button>
</form>"""

CHOICE = """<div class="govuk-radios__item">
<input class="govuk-radios__input" type="radio" name="outcome" id="outcome-{value}" value="{value}"{checked}{hinted}>
<label class="govuk-label govuk-radios__label" for="outcome-{value}">{label}</label>
{hint}</div>"""

HINT = '<div class="govuk-hint govuk-radios__hint" id="hint-{value}">{hint}</div>\n'

PROBLEM = """<div class="govuk-error-summary" role="alert">
<h2 class="govuk-error-summary__title">There is a problem</h2>
<ul class="govuk-list govuk-error-summary__list"><li><a href="#outcome-success">Choose what happens</a></li></ul>
</div>"""

GONE = """<h1 class="govuk-heading-l">You can close this page now</h1>
<p class="govuk-body">The practice payer has gone and does not come back to the council's site.</p>"""


def card_page(payment: dict, *, stylesheets=(), wrong: bool = False, gone: bool = False) -> str:
    """Return the page of one payment; `wrong` when nothing was chosen, `gone` when the payer does not return."""
    if gone:
        return _page("You can close this page now", GONE, stylesheets)
    whole, pence = divmod(payment["amount"], 100)
    main = FORM.format(
        problem=PROBLEM if wrong else "",
        description=escape(payment["description"]),
        reference=escape(payment["reference"]),
        amount=f"£{whole:,}.{pence:02d}",
        choices="\n".join(_choice(*choice, first=choice == CHOICES[0]) for choice in CHOICES),
    )
    return _page(("Error: " if wrong else "") + "How should this payment go?", main, stylesheets)


def _choice(value: str, label: str, hint: str, *, first: bool) -> str:
    return CHOICE.format(
        value=value,
        label=escape(label),
        checked=" checked" if first else "",
        hinted=f' aria-describedby="hint-{value}"' if hint else "",
        hint=HINT.format(value=value, hint=escape(hint)) if hint else "",
    )


def _page(title: str, main: str, stylesheets) -> str:
    styles = "\n".join(f'<link rel="stylesheet" href="{escape(href)}">' for href in stylesheets)
    return PAGE.format(title=escape(title), styles=styles, main=main)
