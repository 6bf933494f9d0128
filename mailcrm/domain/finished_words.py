"""The words of a mail that only thanks, notes or greets, in fourteen languages; "*" stands for any ending.

Room: domain. `SETTLED` says it, `BESIDE` may stand anywhere beside it (address, wish, farewell, filler), `OBJECTS` only in the
same clause: what one thanks for or has received. `PHRASES` are the same for writing without spaces, each list a pattern.
"""

__all__ = ["BESIDE", "BESIDE_JOINED", "OBJECTS", "OBJECTS_JOINED", "PATIENCE", "SETTLED", "SETTLED_JOINED"]

SETTLED = (
    "thank thanks thankful thankyou thanx thnks thnx thx tks tnx tq ty noted received recieved recd rcvd receipt gotcha got ok okay okey okie k understood"
    " clear perfect great excellent good fine super wonderful lovely brilliant appreciate* grateful agreed sure welcome cheers acknowledged obliged awesome fantastic amazing cool alright roger wilco arrived landed copy pleased"
    " gracias agradec* agradezco recibi recibid* recibimos perfecto entendid* enterad* acuerdo vale bien listo genial excelente conforme ok buenisimo chevere bárbaro estupendo fenomenal fantastico correcto anotado llego llegaron recibida recibidas leido"
    " danke dankeschon dank dankend bedank* erhalten bekommen verstanden ordnung klar passt prima perfekt super notiert angekommen bestens einverstanden wunderbar fantastisch vermerkt gelesen gesehen ausgezeichnet erledigt"
    " merci remerci* recu recue recus recues note notee notes accord parfait compris entendu super genial nickel impeccable top bonne excellent magnifique arrive arrivee arrives enregistre"
    " obrigad* obg valeu agradec* agradeco recebid* recebi recebemos perfeito combinado entendido ciente beleza blz certo otimo grato grata show legal joia massa maravilha bacana obrigadao brigado brigada excelente fechou chegou chegaram anotado"
    " grazie ringrazi* ricevut* perfetto capito bene ottimo benissimo splendido fantastico eccellente gentilissim* chiaro arrivat* letto"
    " tesekkur* tsk sagol* sag* olun alindi aldim aldik tamam* anladim anlasildi eyvallah super harika mukemmel anlastik sagolun minnettar* ulasti ulasmistir geldi okudum gordum"
    " bedankt dank dankjewel ontvangen begrepen duidelijk akkoord goed prima top helemaal dankuwel dankje thanks geweldig fantastisch uitstekend genoteerd aangekomen gelezen gezien"
    " dziekuj* dzieki dzieka otrzyma* rozumiem przyjal* przyjel* przyjet* porzadku super swietnie jasne dobrze wielkie znakomicie rewelacja zrozumial* zanotowan* dotarl* doszl* przeczytan* widzialem widzialam"
    " спасибо спс благодар* получил* получен* получили принято хорошо понял* понятно отлично ок окей ясно супер прекрасно признател* здорово замечательно записал* зафиксировал* увидел* прочитал* класс круто дошло дошли пришло пришли прочитано"
    " شكر* مشكور* متشكر* تسلم* استلم* استلام وصلت وصلني وصلتنا تمام حسنا ممتاز جزيل* جزاك* بارك ممنون* الشكر اشكر* أشكر* نشكر* علم مفهوم تمت حياك* مشكورين رائع جميل وصل وصلني وصلت استلمنا"
    " 감사* 고맙* 고마* 확인했* 확인하였* 확인 알겠* 받았* 잘 수고* 네 넵 넹 옙 알겠어요 확인완료 최고* 도착했* 왔습니다 왔어요 접수했*"
)
BESIDE = (
    "you u your so much very many lot lots a the for to of and with all too again once well best kind warm regards rgds br sincerely yours truly faithfully have nice day weekend week evening afternoon morning"
    " night time safe trip travels enjoy holiday holidays festival happy merry new year christmas eid ramadan diwali easter spring season wishes wish* wishing rest ahead dear hi hello hey sir sirs madam mam maam mr mrs ms miss dr"
    " friend friends brother bro boss team everyone guys colleague colleagues my our we i me it is this that from in on at be are am was everything take care bye later soon see talk stay healthy greetings good look forward"
    " really highly greatly duly always as usual here now already just also same ya yes yeah yep oh wow indeed god bless peace love thumbs duly safely copied kindly speak chat sounds works fair enough pleasure respectfully warmly blessings prosperous success health family coming up about then both they here there guys gentlemen honey buddy mate man blessed joyful sunny restful relaxing productive successful bon appetit tomorrow monday friday your yourself each other"
    " mucho muchas muchos muchisim* mil buen buena buenas buenos dia dias tarde tardes noche noches fin semana feliz felices saludos cordial* atentamente estimad* querid* hola senor* sr sra amigo amiga usted ustedes ti tu su sus por el la los las de que un una y a en con todo todos igualmente abrazo abrazos exito pase pases pasen teng* ten lindo linda excelente descanso fiestas navidad ano nuevo ya quedo quedamos muy le les te lo me gran siempre hasta luego pronto equipo familia todos bendiciones dios bendiga claro si esta estamos atento atenta amable amables amabilidad millon querido"
    " vielen herzlichen besten schon schone schonen schones schoner sehr geehrte* liebe lieber hallo guten gute guter tag morgen abend mahlzeit wochenende feierabend woche grusse gruss grussen grusen viele freundlichen freundliche herzliche mit und fur die der das den dem ein eine einen ihre ihren ihr ihnen ich wir uns auch noch so schnell* frohe frohes weihnachten neues jahr ostern feiertage alles gut habe haben ist es mfg lg vg wunsche wunschen bis bald dann ja herr frau team familie ganze ganzen ganzes nach china ningbo zusammen allerseits allen lieben lieb liebes nett nette netten freundlich tausend riesen moin servus gerne gern lg"
    " beaucoup bien bon bonne bonnes bonjour bonsoir journee soiree weekend week end fin semaine cordialement cordiales salutations sinceres cher chere madame monsieur pour le la les l de du des votre vos ton une un et a vous nous je j c est tout tous tres encore infiniment mille d en fetes annee joyeux noel heureuse excellente excellent belle bientot amities avons ai ca marche suite equipe famille ensemble tres fort reste oui c est lu vu note prochaine semaine aimable gentil gentille grand grands sympa"
    " muito muita muitos muitas mesmo bom boa dia tarde noite semana fim final otima otimo abraco abracos abs att atenciosamente cordialmente prezad* caro cara ola oi senhor senhora sr sra pelo pela por o a os as do da de e um uma seu sua voce voces tudo bem feriado feliz natal ano novo ate logo mais tenh* ok sim lhe forca equipe familia deus abencoe gente pessoal parabens sempre gentil gentileza querida querido imensamente demais"
    " mille molte tante infinite buon buona buono buongiorno buonasera giornata serata lavoro weekend settimana fine cordiali distinti saluti gentile gentili caro cara salve ciao signor* per la il lo le gli della del di e un una tutto tutti molto va ancora davvero a presto feste natale anno nuovo vi ti lei suo sua vostro vostra abbiamo ho si d accordo team famiglia sempre grande prossima caro gentile gentili cuore tante ancora"
    " cok size sana iyi gunler calismalar aksamlar haftalar hafta sonlari sonu dilerim dileriz kolay gelsin merhaba selam* sayin bey hanim ederim ederiz rica icin ve bir her sey bayram* yillar mutlu saygilar* hayirli isler olsun hocam abi simdiden tekrar cumalar elinize emeginize saglik aileniz esenlik dilegiyle basarilar gorusmek uzere ekip olarak evet elime elimize sagligina dikkatiniz nazik kibar allah razi baki hurmetler selamlar saygi"
    " hartelijk heel erg veel je jij u jullie wel fijn fijne dag avond weekend week vriendelijke groet groeten groetjes met beste geachte hallo hoi dag mevrouw meneer voor de het een en uw wij ik we ook alvast feestdagen gelukkig nieuwjaar jaar prettige mvg goed tot snel ziens alles in team hele allemaal ook jij ja succes tijd lief lieve vriendelijk aardig duizend maal allen"
    " bardzo serdecznie milego mily dnia dzien dobry dobrego weekendu wieczoru pozdraw* witam panie pani pan pana panstwu szanown* za i w na do tez rowniez wesolych swiat nowego roku wszystko dobrej udanego czesc ok wszystkim zespol calego zespolu raz jeszcze tak wszystkiego najlepszego owocnego mile mila uprzejmie uprzejmy pani panu panstwu serdeczne pozdrowienia"
    " большое огромное вам вас тебе за и в на с мы я все всё всего доброго хорошего хорошей хороших дня вечера выходных недели удачи здравствуйте привет добрый день вечер утро доброе уважаем* уважением наилучшими пожеланиями наступающим праздником новым годом рождеством взаимно очень уже так это меня нас нам до свидания встречи команде всем коллеги успехов здоровья вашей семье да еще раз также заранее любезность любезны искренне сердечно огромная благодарность от души мира добра"
    " لك لكم على جدا كثيرا السلام عليكم ورحمة الله وبركاته وعليكم مرحبا اهلا أهلا تحيات* تحياتي مع خالص أطيب التحية التحيات اخي أخي استاذ أستاذ السيد السيدة عزيزي يا حبيبي صديقي يوم يومك سعيد نهار جميل عيد رمضان كريم مبارك كل عام وأنتم بخير خير خيرا ان إن شاء في من فيك فيكم عافاك العافية يعطيك يعطيكم دمتم نحن هذا الى إلى و تم لقد الف ألف طيب نهاية الأسبوع اسبوع أسبوع اخواني الغالي الكريم فريق العمل سنة سعيدة موفق موفقين ربنا يوفقك باذن بإذن هلا تحية وسهلا لطفك لطفكم تحياتنا احترامي مودتي اخوكم أخوكم دائما عزيز الحبيب"
    " 빠른 좋은 하루 되세요 보내세요 주말 즐거운 행복한 안녕* 대단히 정말 매우 늘 항상 많으셨습니다 많으십니다 하세요 잘 예 아주 모두 새해 복 많이 받으세요 부장님 과장님 대리님 사장님 님 드립니다 좋습니다 건강하세요 하루요 되십시오 보내십시오 오늘도 행복하세요 늘 항상 번창하세요 고생 많으셨어요 고생하셨습니다 도움 주셔서 해주셔서 신경 써주셔서 바로 너무 친절하게 친절히 무사히 방금 오늘 메일도 항상 언제나 여러모로"
)
OBJECTS = (
    "update* info information mail mails email emails e message reply replies response answer feedback help support service assistance cooperation collaboration explanation clarification confirmation confirming quick fast prompt speedy swift kind kindness attention patience understanding effort efforts hard work"
    " offer quotation quote price prices list catalogue catalog document documents docs drawing drawings photo photos picture pictures video file files attachment invoice pi proforma copy copies letter note news report certificate certificates details sending sent letting me know turnaround handling hint tip heads informing advising sharing providing parcel package samples sample goods shipment payment advice tracking number both everything quickly invitation call meeting visit hospitality gift"
    " respuesta rapid* informacion info correo mensaje ayuda apoyo atencion confirmacion oferta cotizacion documento* factura plano* foto* archivo* catalogo aclaracion gestion colaboracion tiempo paciencia detalle* lista precios muestra* aviso"
    " antwort ruckmeldung info infos information* nachricht hilfe unterstutzung mail e bestatigung angebot unterlagen rechnung zeichnung* foto* bilder muster auskunft muhe bemuhungen zusammenarbeit aufklarung erklarung ruckruf bescheid datei* dokumente"
    " retour rapide reponse information* info infos message mail aide confirmation offre devis document* facture plan* photo* fichier* soutien disponibilite reactivite precision* explication* attention collaboration envoi catalogue"
    " retorno rapido resposta informac* info mensagem email e mail ajuda apoio atencao confirmacao oferta proposta cotacao documento* fatura desenho* foto* arquivo* catalogo esclarecimento* amostra* aviso parceria presteza gentileza"
    " risposta rapid* celere informazion* info messaggio mail email aiuto supporto disponibilita conferma offerta preventivo document* fattura disegn* foto file catalogo chiarimento attenzione collaborazione cortesia riscontro gentilezza"
    " cevab* cevap yanit* hizli bilgi* mail* mesaj* yardim* destek* ilgi* ilginiz teyit* teklif* belge* evrak* fatura* cizim* foto* katalog* aciklama* donus* geri numune* emeginiz e posta*"
    " reactie snelle antwoord info informatie bericht mail hulp steun bevestiging offerte document* factuur tekening* foto* bestand* catalogus uitleg moeite medewerking update"
    " szybk* odpowiedz informacj* wiadomosc mail pomoc wsparcie potwierdzenie oferte ofert* dokument* fakture rysun* zdjec* plik* katalog wyjasnieni* wspolprace uwage"
    " ответ быстрый оперативный оперативност* оперативно информацию информация письмо сообщение помощь поддержку подтверждение предложение документы счет чертеж* фото файл* каталог разъяснени* пояснени* внимание сотрудничество понимание отзывчивость"
    " الرد ردكم ردك السريع سرعة المعلومات رسالتكم الرسالة المساعدة مساعدتكم دعمكم التأكيد العرض عرضكم المستندات الفاتورة الصور تعاونكم تعاونك اهتمامكم التوضيح الملف الكتالوج البريد"
    " 답변 회신 연락 메일 메일을 자료 자료를 견적 견적서 도움 정보 안내 협조 파일 사진 도면 신속한 친절한 서류"
)
SETTLED_JOINED = (
    "谢谢|謝謝|麻烦[您你]们?了|费心|劳烦|有劳|给力|万分|没毛病|妥了?|到了|已到|多谢|感谢|感謝|感激|谢|收到|已阅|好的|好滴|好哒|嗯嗯?|知道|明白|了解|清楚|辛苦|不客气|不用谢|祝|愉快|快乐|兴隆|顺利|商祺|大吉|如意"
    "|ありがとう|有難う|感謝|承知|了解|受け取り|受領|拝受|拝見|かしこまり|お世話|助かり|確認(?:いた|致)?しました|届きました|届いております|着きました|到着しました|お疲れ様|お手数をおかけし|お手数かけ|恐れ入り|恐縮|頂戴"
)
BESIDE_JOINED = (
    "[您你]好|早上好|下午好|晚上好|晚安|再见|拜拜|[您你们]|我们?|贵司|我司|这边|一切|没问题|周末|生意|工作|身体|健康|新年|春节|中秋|国庆|圣诞|节日?|假期|夏祺|冬祺|合作|非常|十分|特别|万分|很|太|先|啦?了|[的啦哈哦呀啊吧已好行嗯]|亲|大家|老板|万事|财源广进|恭喜发财|经理|小姐|先生|女士|[林李王张陈刘杨黄赵周吴徐孙马朱胡郭何高罗](?=经理|小姐|先生|女士|总|工)|总|工"
    "|ございま(?:す|した)|ございました|いたしました|致しました|しました|ました|ます|です|どうも|誠に|早速|早々|無事に?|先ほど|本日|今|確かに|いつも|ご親切|ご丁寧|お忙しい|とても|助け|の?ご?対応|迅速|丁寧|な|の|を|に|は|が|も|で|と|こと|とても|大変|本当|引き続き|今後とも|また|何卒|よろしく|宜しく|お願い(?:いた|致|申し上げ)*し?ます|おります|お(?:り|世話)|様|さま|さん|御中|こちらこそ|良い|週末|一日|お過ごしください|取り急ぎ|まで|御礼|お礼|申し上げ|いただき|頂き|くださ(?:い|り)|下さり|り|、"
)
OBJECTS_JOINED = (
    "回复|邮件|来信|信息|消息|通知|提醒|告知|帮助|帮忙|支持|配合|解答|解释|说明|理解|耐心|及时|快速|这么快|图纸?|文件|资料|报价单?|单据|发票|合同|水单|提单|照片|样品|目录|关照|信任|惠顾|分享|更新|确认|反馈|安排|发货|付款"
    "|ご?連絡|お?返事|ご?返信|ご?回答|メール|資料|書類|お?見積書?|図面|写真|ファイル|ご?協力|ご?案内|ご?確認|サンプル|カタログ|お?送り|情報|説明|お忙しい中"
)
# Patience is a whole clause, and names nothing that one waits for: "waiting for your price" may be a reminder.
PATIENCE = (
    "(?:(?:i am|we are|i'm|we're|i will|we will|i'll|we'll|will) )?(?:be )?wait(?:ing)?(?: then)?|no (?:rush|hurry|problem)|take your time|"
    "(?:quedo|quedamos|estoy|estamos|quedando) (?:en|a la) espera|(?:espero|esperamos)(?: entonces)?|sin prisa|"
    "(?:ich warte|wir warten)(?: dann)?|(?:keine eile|kein problem)|j'attends|nous attendons|on attend|pas de souci|"
    "(?:fico|ficamos|aguardo|aguardamos)(?: n?o? ?aguardo| a espera)?|sem pressa|(?:attendo|attendiamo|resto in attesa|restiamo in attesa)|"
    "(?:я |мы )?(?:жду|ждем|подожду|подождем)|(?:bekliyorum|bekliyoruz|beklerim|bekleriz)|(?:ik wacht|we wachten|wij wachten)(?: af)?|"
    "(?:czekam|czekamy|poczekam|poczekamy)|(?:我|我们)?(?:先|再)?等(?:等|您|你|着|一下|候)?|不(?:着)?急|不用急|お待ちしております|待ちます|기다리겠습니다"
)
