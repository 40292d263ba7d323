export interface MyDataState {
  readonly name: 'my-data';
  readonly version: 1;
  readonly step: 'menu' | 'phone' | 'withdraw' | 'erase';
}
