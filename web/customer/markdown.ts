import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** Formatting that our answers use. No pictures, no forms, no attributes but a link's address. */
const RULES = {
  ALLOWED_TAGS: 'a,p,br,strong,em,del,ul,ol,li,code,pre,blockquote,h1,h2,h3,h4,hr,table,thead,tbody,tr,th,td'.split(
    ',',
  ),
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
};

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

/** HTML that is safe to set, from Markdown that anybody may have written. */
export function safeHtml(markdown: string): string {
  const html = marked.parse(markdown, { async: false, gfm: true, breaks: true });
  return DOMPurify.sanitize(html, RULES);
}
