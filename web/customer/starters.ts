import type { IconName } from '../brand/Icon.tsx';
import type { Language } from './words.ts';

/** What most people come for. A tap says the whole sentence, as if it had been typed. */
export interface Starter {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly says: string;
}

const zh: readonly Starter[] = [
  { icon: 'parcel', title: '查货', hint: '货到哪里了', says: '查一下我的货到哪里了' },
  { icon: 'money', title: '查款', hint: '货款何时到账', says: '我的代收货款什么时候到账' },
  { icon: 'place', title: '网点', hint: '地址和电话', says: '查一下网点的地址和电话' },
  { icon: 'scale', title: '报价', hint: '运费怎么算', says: '我想问一下运费报价' },
  { icon: 'clock', title: '服务时间', hint: '几点有人', says: '你们的服务时间是几点到几点' },
  { icon: 'person', title: '转人工', hint: '找人工客服', says: '转人工' },
];

const en: readonly Starter[] = [
  { icon: 'parcel', title: 'Track', hint: 'Where is it', says: 'Where is my parcel?' },
  { icon: 'money', title: 'Payment', hint: 'When is it paid', says: 'When will my COD payment arrive?' },
  { icon: 'place', title: 'Outlets', hint: 'Address, phone', says: 'Where is your nearest outlet?' },
  { icon: 'scale', title: 'Quote', hint: 'What it costs', says: 'How much does shipping cost?' },
  { icon: 'clock', title: 'Hours', hint: 'When we answer', says: 'What are your business hours?' },
  { icon: 'person', title: 'A person', hint: 'Talk to us', says: 'I want to talk to a human agent' },
];

export const startersFor = (language: Language): readonly Starter[] => (language === 'zh' ? zh : en);
