import type { Stage } from './stage.ts';

/** How to go on by hand: everything keeps running, and the sandbox's page lets somebody be any person in a browser. */
export function howToTalk({ world, cast, clock }: Stage): string {
  const root = world.sandbox.rootUrl;
  const { tu, nam } = cast.residents;
  const personOf = (name: string): string =>
    world.sandbox.people.all().find((person) => person.name === name)?.id ?? name;
  const json = "-H 'content-type: application/json'";
  return `
Mọi thứ vẫn chạy. Bot nghe webhook ở ${world.bot.url}.
Giờ của phường: ${new Date(clock.nowMs() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')}.

  Mở trang này để nhắn tin trong vai bất cứ ai, trên cả hai nền tảng:

    ${root}/

  bà Tư trên Telegram   ${root}/#${personOf(tu.name)}/telegram/${tu.chatId}
  ông Năm trên Zalo     ${root}/#${personOf(nam.name)}/zalo/${nam.chatId}

  Hoặc bằng lệnh; mọi việc làm được: curl ${root}/control

    curl ${json} -d '{"person":"${personOf(tu.name)}","chat":${tu.chatId},"text":"phản ánh"}' ${root}/control/telegram/say
    curl '${root}/control/telegram/messages?chat=${tu.chatId}'

Ctrl+C thì dừng, không giữ lại gì.`;
}
