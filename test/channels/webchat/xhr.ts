/** As much of XMLHttpRequest as rxjs's ajax uses, over fetch. */
export class XhrByFetch {
  readyState = 0;
  status = 0;
  responseType = '';
  responseText = '';
  response: unknown = null;
  timeout = 0;
  onreadystatechange: (() => void) | null = null;
  onload: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly upload = {};
  #method = '';
  #url = '';
  readonly #headers: Record<string, string> = {};
  #answered = new Headers();

  open(method: string, url: string): void {
    [this.#method, this.#url, this.readyState] = [method, url, 1];
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  getResponseHeader(name: string): string | null {
    return this.#answered.get(name);
  }

  abort(): void {
    this.onreadystatechange = this.onload = this.onerror = null;
  }

  send(body?: string): void {
    const init = { method: this.#method, headers: this.#headers, ...(body ? { body } : {}) };
    fetch(this.#url, init)
      .then(async (answer) => {
        [this.status, this.#answered, this.responseText] = [answer.status, answer.headers, await answer.text()];
        this.response =
          this.responseType === 'json' && this.responseText
            ? (JSON.parse(this.responseText) as unknown)
            : this.responseText;
        this.readyState = 4;
        this.onreadystatechange?.call(this);
        this.onload?.call(this, {});
      })
      .catch(() => this.onerror?.call(this, {}));
  }
}
