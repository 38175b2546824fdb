import { momentWords } from './due.ts';
import type { Story } from './model.ts';
import { Shown } from './Shown.tsx';
import { CHANNEL, slotWords } from './words.ts';

/** What is known, and the form that the bot has filled in. */
export function Facts({ story, now }: { story: Story; now: number }) {
  const { customer, waybill, hidden, form, channel } = story;
  const filled = Object.entries(form).filter(([, value]) => value !== '' && value !== waybill);
  return (
    <section class="facts">
      <h3>资料</h3>
      <dl>
        <div>
          <dt>客户</dt>
          <dd>
            {customer.name === '' ? '未留姓名' : <Shown text={customer.name} name="customer.name" hidden={hidden} />}
            <small> · {CHANNEL[channel] ?? channel}</small>
          </dd>
        </div>
        {waybill !== null && (
          <div>
            <dt>运单号</dt>
            <dd class="waybill">{waybill}</dd>
          </div>
        )}
        {filled.map(([slot, value]) => (
          <div key={slot}>
            <dt>{slotWords(slot)}</dt>
            <dd>
              <Shown text={value} name={`form.${slot}`} hidden={hidden} />
            </dd>
          </div>
        ))}
        <div>
          <dt>部门</dt>
          <dd>{story.desk_title}</dd>
        </div>
        <div>
          <dt>建单</dt>
          <dd>{momentWords(story.opened_at, now)}</dd>
        </div>
        <div>
          <dt>承诺</dt>
          <dd>{momentWords(story.promised_at, now)} 前答复</dd>
        </div>
      </dl>
    </section>
  );
}
