/** From policies.yml, live. */
export interface WebchatLimits {
  /** characters, after normalisation */
  readonly messageLength: number;
  readonly messagesPerMinute: number;
  readonly attachmentMb: number;
  readonly attachmentsPerMessage: number;
}
