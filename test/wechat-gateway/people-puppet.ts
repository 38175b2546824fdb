import { FileBox } from 'file-box';
import { PuppetMock, mock } from 'wechaty-puppet-mock';
import { types, type payloads } from 'wechaty-puppet';

/** What the bot wrote, where, and whom it called. */
export interface Written {
  readonly to: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly at: number;
}

/** The mock drops who is mentioned, who a member is in a room, and what is in a link; this one keeps them. */
export class PeoplePuppet extends PuppetMock {
  readonly written: Written[] = [];
  readonly aliases = new Map<string, string>();
  readonly links = new Map<string, payloads.UrlLink>();
  readonly programs = new Map<string, payloads.MiniProgram>();
  readonly files = new Map<string, { name: string; bytes: Buffer }>();
  /** How long a file takes to be fetched, in ms. */
  slowFiles = 0;
  /** Thrown at the next sends, first one first. */
  readonly failures: string[] = [];
  /** Half-open: takes everything and gives no sign of life. */
  mute = false;
  heard: (() => void)[] = [];

  override ding(data?: string): void {
    if (!this.mute) setTimeout(() => this.emit('dong', { data: data ?? '' }), 1);
  }

  override messageSendText(conversationId: string, text: string, mentions: string[] = []): Promise<void> {
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(new Error(failure));
    this.written.push({ to: conversationId, text, mentions, at: Date.now() });
    for (const tell of this.heard.splice(0)) tell();
    return Promise.resolve();
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<payloads.RoomMember> {
    const { avatar, name } = await this.contactPayload(contactId);
    return { id: contactId, avatar, name, roomAlias: this.aliases.get(`${roomId}/${contactId}`) ?? '' };
  }

  override messageUrl(id: string): Promise<payloads.UrlLink> {
    return Promise.resolve(this.links.get(id) ?? { title: '', url: '' });
  }

  override messageMiniProgram(id: string): Promise<payloads.MiniProgram> {
    return Promise.resolve(this.programs.get(id) ?? { title: '' });
  }

  override async messageFile(id: string): Promise<FileBox> {
    await new Promise((resolve) => setTimeout(resolve, this.slowFiles));
    const file = this.files.get(id);
    if (file === undefined) throw new Error('no file');
    return FileBox.fromBase64(file.bytes.toString('base64'), file.name);
  }
}

export const newMocker = (): mock.Mocker => new mock.Mocker();
export { types };
