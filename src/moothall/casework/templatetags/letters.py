"""Letters as residents read them on the screen."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

register = template.Library()
# No HTML, pictures or links of a letter's own: what is escaped here may be shown as it is.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "html_inline", "html_block"])


@register.filter
def letter(text: str) -> SafeString:
    """`{{ message.text|letter }}` shows the Markdown that letters are written in: paragraphs, lists, strong words."""
    return mark_safe(MARKDOWN.render(text))  # noqa: S308  HTML in it is off
