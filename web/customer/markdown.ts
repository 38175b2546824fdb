import DOMPurify from 'dompurify';
import { Marked } from 'marked';

/** Formatting that our answers use. No pictures, no forms, no attributes but a link's address. */
const RULES = {
  ALLOWED_TAGS: 'a,p,br,strong,em,del,ul,ol,li,code,pre,blockquote,h1,h2,h3,h4,hr,table,thead,tbody,tr,th,td'.split(
    ',',
  ),
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
};

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asWords = (html: string): string => html.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

/**
 * HTML inside Markdown is shown as it is written: only Markdown formats. (Nor does the sanitiser get to parse what the
 * page's policy would report.)
 */
const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => asWords(text),
    image: ({ text }) => asWords(text),
  },
});

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

/** HTML that is safe to set, from Markdown that anybody may have written. */
export function safeHtml(markdown: string): string {
  return DOMPurify.sanitize(marked.parse(markdown, { async: false }), RULES);
}
