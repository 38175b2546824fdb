import { FileBox } from 'file-box';
import { PuppetMock, mock } from 'wechaty-puppet-mock';
import { log, types, type payloads } from 'wechaty-puppet';

// The far side's own log is nobody's concern.
log.level('silent');

/** What the bot wrote, where, and whom it called. */
export interface Written {
  readonly to: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  readonly at: number;
}

/** The mock drops who is mentioned, who a member is in a room, and what is in a link; this one keeps them. */
export class PeoplePuppet extends PuppetMock {
  readonly written: Written[] = [];
  readonly aliases = new Map<string, string>();
  readonly links = new Map<string, payloads.UrlLink>();
  readonly locations = new Map<string, payloads.Location>();
  readonly programs = new Map<string, payloads.MiniProgram>();
  readonly files = new Map<string, { name: string; bytes: Buffer }>();
  /** How long a file takes to be fetched, in ms. */
  slowFiles = 0;
  /** How long after it arrived a message of ours is acknowledged, in ms. */
  slowSends = 0;
  /** Thrown at the next sends, first one first. */
  readonly failures: string[] = [];
  /** Half-open: takes everything and gives no sign of life. */
  mute = false;
  heard: (() => void)[] = [];

  override ding(data?: string): void {
    if (!this.mute) setTimeout(() => this.emit('dong', { data: data ?? '' }), 1);
  }

  override async messageSendText(conversationId: string, text: string, mentions: string[] = []): Promise<void> {
    await this.write({ to: conversationId, text, mentions, at: Date.now() });
  }

  override async messageSendFile(conversationId: string, file: FileBox): Promise<void> {
    const bytes = await file.toBuffer();
    await this.write({ to: conversationId, text: '', mentions: [], file: { name: file.name, bytes }, at: Date.now() });
  }

  private async write(what: Written): Promise<void> {
    const failure = this.failures.shift();
    if (failure !== undefined) throw new Error(failure);
    this.written.push(what);
    for (const tell of this.heard.splice(0)) tell();
    await new Promise((resolve) => setTimeout(resolve, this.slowSends));
  }

  override messageLocation(id: string): Promise<payloads.Location> {
    return Promise.resolve(this.locations.get(id) ?? { accuracy: 0, address: '', latitude: 0, longitude: 0, name: '' });
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
