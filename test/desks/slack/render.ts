import type { Block } from '../../../src/desks/slack/connection.ts';

/** Block Kit as HTML, near enough to Slack to show people what they will see. */
export function renderMessage(message: {
  text: string;
  blocks: readonly Block[];
  color?: string | undefined;
  notice?: boolean;
}): string {
  const body = message.blocks.map(renderBlock).join('');
  const bar =
    message.color === undefined ? body : `<div class="attachment" style="border-color:${message.color}">${body}</div>`;
  const head = message.notice === false ? '' : `<p class="text">${mrkdwn(message.text)}</p>`;
  return `<article><div class="avatar">应</div><div class="message"><p class="who"><b>应声</b> <small>APP</small></p>${head}${bar}</div></article>`;
}

export function renderBlock(block: unknown): string {
  const one = block as Record<string, unknown>;
  switch (one['type']) {
    case 'section': {
      const fields = ((one['fields'] ?? []) as Text[])
        .map((field) => `<div class="field">${text(field)}</div>`)
        .join('');
      const words = one['text'] ? `<div>${text(one['text'] as Text)}</div>` : '';
      return `<div class="section"><div class="grow">${words}<div class="fields">${fields}</div></div>${element(one['accessory'])}</div>`;
    }
    case 'context':
      return `<div class="context">${(one['elements'] as Text[]).map(text).join(' ')}</div>`;
    case 'actions':
      return `<div class="actions">${(one['elements'] as unknown[]).map(element).join('')}</div>`;
    case 'header':
      return `<h2>${text(one['text'] as Text)}</h2>`;
    case 'divider':
      return '<hr>';
    case 'rich_text':
      return (one['elements'] as Rich[])
        .map(({ type, elements }) => {
          const inside = elements
            .map((part) => (part.style?.bold ? `<b>${html(part.text)}</b>` : html(part.text)))
            .join('');
          return type === 'rich_text_quote' ? `<blockquote>${inside}</blockquote>` : `<div>${inside}</div>`;
        })
        .join('');
    case 'input': {
      const given = one['element'] as Record<string, unknown>;
      const optional = one['optional'] === true ? ' <small>（选填）</small>' : '';
      const hint = one['hint'] ? `<div class="context">${text(one['hint'] as Text)}</div>` : '';
      return `<div class="input"><b>${text(one['label'] as Text)}</b>${optional}${field(given)}${hint}</div>`;
    }
    default:
      throw new Error(`no picture of a block of type ${String(one['type'])}`);
  }
}

export function renderModal(view: Record<string, unknown>): string {
  const blocks = (view['blocks'] as unknown[]).map(renderBlock).join('');
  const submit = view['submit'] ? `<span class="button primary">${text(view['submit'] as Text)}</span>` : '';
  return `<div class="modal"><h2>${text(view['title'] as Text)}</h2>${blocks}<div class="foot"><span class="button">${text(view['close'] as Text)}</span>${submit}</div></div>`;
}

interface Text {
  readonly type: string;
  readonly text: string;
}
interface Rich {
  readonly type: string;
  readonly elements: readonly { readonly text: string; readonly style?: { readonly bold?: boolean } }[];
}

const html = (words: string): string =>
  signs(words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>'));

/** A machine without a font of emoji draws boxes: coloured dots are drawn, the rest is left out. */
const DOTS: Readonly<Record<string, string>> = { '🔴': '#d5281f', '🟠': '#e8830c', '🔵': '#2f6fdb' };
const signs = (words: string): string =>
  words.replace(/\p{Extended_Pictographic}\ufe0f? ?/gu, (sign) => {
    const colour = DOTS[sign.trim()];
    return colour === undefined ? '' : `<span class="dot" style="background:${colour}"></span> `;
  });

const text = (one: Text): string => (one.type === 'mrkdwn' ? mrkdwn(one.text) : html(one.text));

/** Already escaped, but for our own mentions. */
function mrkdwn(words: string): string {
  return signs(words)
    .replace(/<@(\w+)>/g, '<span class="mention">@$1</span>')
    .replace(/<#(\w+)>/g, '<span class="mention">#$1</span>')
    .replace(/\*([^*\n]+)\*/g, '<b>$1</b>')
    .replaceAll('\n', '<br>');
}

function element(given: unknown): string {
  if (given === undefined) return '';
  const one = given as { text: Text; style?: string };
  return `<span class="button ${one.style ?? ''}">${text(one.text)}</span>`;
}

function field(given: Record<string, unknown>): string {
  const tall = given['multiline'] === true ? ' tall' : '';
  const shown = given['type'] === 'file_input' ? '上传文件' : ((given['placeholder'] as Text | undefined)?.text ?? '');
  return `<div class="box${tall}">${html(typeof given['initial_value'] === 'string' ? given['initial_value'] : shown)}</div>`;
}

export const STYLE = `
  body { margin: 0; padding: 20px; width: 700px; font: 15px/1.47 Lato, "Noto Sans CJK SC", "Noto Serif CJK SC", sans-serif; color: #1d1c1d; background: #fff }
  article { display: flex; gap: 10px; margin-bottom: 14px } .thread { margin-left: 46px; border-left: 2px solid #ddd; padding-left: 14px }
  .avatar { width: 36px; height: 36px; border-radius: 6px; background: #1264a3; color: #fff; text-align: center; line-height: 36px; flex: none }
  .message { flex: 1 } p { margin: 0 0 4px } small { color: #616061 } .attachment { border-left: 4px solid; padding-left: 12px; border-radius: 2px }
  .section { display: flex; gap: 12px; margin: 6px 0 } .grow { flex: 1 } .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 16px }
  .context { color: #616061; font-size: 13px; margin: 4px 0 } .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
  .button { border: 1px solid #bbb; border-radius: 6px; padding: 3px 12px; font-weight: bold; font-size: 14px; align-self: start; white-space: nowrap }
  .primary { background: #007a5a; border-color: #007a5a; color: #fff } .danger { background: #e01e5a; border-color: #e01e5a; color: #fff }
  .dot { display: inline-block; width: 12px; height: 12px; border-radius: 50% }
  blockquote { margin: 2px 0 6px; border-left: 4px solid #ddd; padding-left: 10px } .mention { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
  h2 { font-size: 18px; margin: 6px 0 } hr { border: 0; border-top: 1px solid #ddd; margin: 12px 0 }
  .modal { width: 480px; border: 1px solid #ccc; border-radius: 8px; padding: 16px 20px; box-shadow: 0 4px 20px #0002 }
  .input { margin: 12px 0 } .box { border: 1px solid #aaa; border-radius: 4px; padding: 6px 10px; margin-top: 4px; color: #777 } .tall { min-height: 60px }
  .foot { display: flex; justify-content: flex-end; gap: 8px; margin-top: 16px }`;
