/** What may not stand in a room: telephones, sums, accounts, identity numbers, doors. A waybill alone may. */
const PRIVATE: readonly RegExp[] = [
  /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/,
  /(?<!\d)0\d{2,3}[\s-]\d{7,8}(?!\d)/,
  /[¥￥]\s*\d|\d[\d,]*(?:\.\d+)?\s*(?:元|块钱|块(?!儿)|万)/,
  /(?<!\d)\d{15,19}[\dXx]?(?!\d)/,
  /尾号|账号|卡号|户名|开户|身份证/,
  /\d+\s*(?:号楼|栋|幢|单元|室)/,
  /(?:收件人|寄件人|发货人|收货人|签收人)[是叫:： ]/,
];

/** Whether words that an agent wrote for a customer belong in the customer's own chat. */
export function isPrivate(text: string): boolean {
  const plain = text.normalize('NFKC');
  return PRIVATE.some((pattern) => pattern.test(plain));
}

/** Said in the room instead. */
export const TOLD_PRIVATELY = '您这件事我们已经私聊您了，请看一下私聊消息。';
