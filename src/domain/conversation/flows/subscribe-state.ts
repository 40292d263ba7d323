export interface SubscribeState {
  readonly name: 'subscribe';
  readonly version: 1;
  readonly step: 'consent' | 'neighbourhood';
}
