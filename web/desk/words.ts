import type { ChannelInfo, Event, Priority, Status } from './model.ts';

export const STATUS: Readonly<Record<Status, string>> = {
  open: '待认领',
  claimed: '处理中',
  waiting: '等客户',
  resolved: '已解决',
};
export const PRIORITY: Readonly<Record<Priority, string>> = { normal: '普通', high: '加急', urgent: '紧急' };
export const CHANNEL: Readonly<Record<string, string>> = {
  webchat: '网页',
  wechat: '微信',
  slack: 'Slack',
  terminal: '终端',
};

export const CHANNEL_STATE: Readonly<Record<ChannelInfo['state'], string>> = {
  online: '在线',
  starting: '正在连接',
  off: '断开了，正在重连',
  scan: '等待扫码登录',
  'logged-out': '已退出登录',
};

const KIND: Readonly<Record<string, string>> = {
  'order-tracking': '查货',
  'payment-lookup': '查款',
  claim: '理赔',
  'pickup-order': '提货订单',
  quote: '报价',
  'outlet-lookup': '网点',
  'restricted-goods': '禁限运',
  'transit-time': '时效',
  complaint: '投诉',
  suggestion: '建议',
  'human-agent': '转人工',
  'staff-number': '工号',
  'return-exchange': '退换货',
  'change-delivery': '改派送',
  'change-account': '改账户',
  invoice: '发票',
  'business-hours': '服务时间',
  'ticket-progress': '催进度',
  'privacy-request': '隐私请求',
};
/** An intent that an administrator added is shown by its own name. */
export const kindWords = (kind: string): string => KIND[kind] ?? kind;

const SLOT: Readonly<Record<string, string>> = {
  waybill: '运单号',
  phone: '联系电话',
  phone_tail: '手机尾号',
  name: '姓名',
  address: '地址',
  pickup_address: '提货地址',
  damage: '损坏情况',
  quantity: '数量',
  pieces: '件数',
  value: '货值',
  goods: '货物',
  weight: '重量',
  volume: '体积',
  packing: '包装',
  packaging: '包装情况',
  noticed_at: '发现时间',
  date: '日期',
  time: '时间',
  city: '城市',
  from_city: '始发地',
  to_city: '目的地',
  account: '账户',
  account_name: '户名',
  account_number: '账号',
  bank: '开户行',
  amount: '金额',
  reason: '原因',
  title: '抬头',
  tax_number: '税号',
  email: '邮箱',
  contact: '联系方式',
  photos: '照片',
  vehicle: '车型',
  details: '说明',
  complaint: '投诉内容',
};
export const slotWords = (slot: string): string => SLOT[slot] ?? slot.replaceAll('_', ' ');

const DONE: Readonly<Record<string, string>> = {
  opened: '建单',
  joined: '客户再次来问，并入本单',
  claimed: '认领',
  replied: '回复客户',
  'customer-replied': '客户回复',
  noted: '备注',
  transferred: '转交',
  resolved: '解决',
  reopened: '重开',
  assigned: '交给同事',
  nudged: '催办',
  edited: '修改了回复',
  revealed: '查看了隐藏内容',
};

export function eventWords({ kind, target }: Event, deskTitle: (id: string) => string): string {
  const words = DONE[kind] ?? kind;
  return kind === 'transferred' && target ? `${words}给 ${deskTitle(target)}` : words;
}
