import { errorWords, Failure, failureOfStatus } from './failure.ts';

/** Posts pictures with their message as one form. XMLHttpRequest, because fetch tells nothing of progress. */
export function upload(
  url: string,
  token: string,
  activity: object,
  pictures: readonly File[],
  onProgress: (part: number) => void,
): Promise<unknown> {
  const form = new FormData();
  form.append(
    'activity',
    new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
    'activity',
  );
  for (const picture of pictures) form.append('file', picture, picture.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.timeout = 120_000;
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(failureOfStatus(request.status, errorWords(request.response)));
    };
    request.onerror = () => reject(new Failure('unreachable', 'the upload was cut off'));
    request.ontimeout = () => reject(new Failure('unreachable', 'the upload took too long'));
    request.send(form);
  });
}
