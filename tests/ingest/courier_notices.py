"""Couriers' notices in five languages, and mails that only look like one. Numbers are made up; `digit` is "right" where the check digit is."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["NOTICES", "OTHERS", "CourierMail", "letter"]


class CourierMail(NamedTuple):
    sender: str
    subject: str
    text: str
    carrier: str
    number: str
    digit: str
    status: str
    customs: bool = False


def letter(sender: str, subject: str, text: str) -> str:
    return f"From: {sender}\nTo: lin@seller.example\nSubject: {subject}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"


NOTICES = (
    CourierMail("DHL Express <noreply@dhl.com>", "Shipment 1234567891 was handed to us", "Your shipment with waybill 1234567891 was picked up today.", "dhl", "1234567891", "right", "shipped"),
    CourierMail("DHL <noreply.odd@dhl.com>", "DHL On Demand Delivery", "Your parcel arrives tomorrow. It is out for delivery with waybill number 1234567891.", "dhl", "1234567891", "right", "in_transit"),
    CourierMail("DHL Express <noreply@dhl.com>", "Delivered: waybill 1234567892", "It was signed for by PEREZ.", "dhl", "1234567892", "", "delivered"),
    CourierMail("DHL Paket <noreply@dhl.de>", "Ihr Paket ist unterwegs", "Ihre Sendung 00340434161094022115 wird heute zugestellt. Sendungsnummer: 00340434161094022115", "dhl", "00340434161094022115", "right", "in_transit"),
    CourierMail("DHL Paket <noreply@dhl.de>", "Zustellung nicht möglich", "Wir haben niemanden angetroffen. Sendungsnummer 00340434161094022115", "dhl", "00340434161094022115", "right", "exception"),
    CourierMail("FedEx <TrackingUpdates@fedex.com>", "FedEx Shipment 771234567891: Your package is on its way", "Tracking number 771234567891", "fedex", "771234567891", "", "in_transit"),
    CourierMail("FedEx <TrackingUpdates@fedex.com>", "Your shipment was delivered 986578788855", "Delivered to reception.", "fedex", "986578788855", "right", "delivered"),
    CourierMail("FedEx <TrackingUpdates@fedex.com>", "FedEx Shipment Exception 986578788855", "Clearance delay: the import papers are missing.", "fedex", "986578788855", "right", "exception", customs=True),
    CourierMail("FedEx <noreply@fedex.com>", "Su envío está en camino", "Número de seguimiento: 986578788855. Entrega estimada: martes.", "fedex", "986578788855", "right", "in_transit"),
    CourierMail("FedEx <noreply@fedex.com>", "Su paquete ha sido entregado", "Número de guía 986578788855, recibido por A. PEREZ", "fedex", "986578788855", "right", "delivered"),
    CourierMail("UPS <mcinfo@ups.com>", "UPS Ship Notification, Tracking Number 1Z999AA10123456784", "A label was made; UPS waits for the parcel.", "ups", "1Z999AA10123456784", "right", "shipped"),
    CourierMail("UPS <pkginfo@ups.com>", "UPS Update: Package Scheduled for Delivery Tomorrow", "Tracking Number: 1Z999AA10123456785", "ups", "1Z999AA10123456785", "", "in_transit"),
    CourierMail("UPS <pkginfo@ups.com>", "Avis UPS : colis livré", "Numéro de suivi : 1Z999AA10123456784. Votre colis a été livré.", "ups", "1Z999AA10123456784", "right", "delivered"),
    CourierMail("UPS <pkginfo@ups.com>", "UPS: livraison impossible", "Numéro de suivi : 1Z999AA10123456784. Le livreur n'a trouvé personne, nouvelle tentative demain.", "ups", "1Z999AA10123456784", "right", "exception"),
    CourierMail("TNT <noreply@tnt.com>", "Your consignment GE123456785WW has been collected", "We have picked up your consignment.", "tnt", "GE123456785WW", "right", "shipped"),
    CourierMail("TNT <noreply@tnt.com>", "Consignment 123456782 delivered", "Consignment number: 123456782 was delivered and signed for by Perez.", "tnt", "123456782", "", "delivered"),
    CourierMail("顺丰速运 <noreply@sf-express.com>", "您的快件已签收", "运单号：SF1234567890123已签收，签收人：前台。", "sf", "SF1234567890123", "", "delivered"),
    CourierMail("顺丰速运 <noreply@sf-express.com>", "快件已揽收", "运单号 SF1234567890123，快递员已取件。", "sf", "SF1234567890123", "", "shipped"),
    CourierMail("SF International <notify@sf-international.com>", "Your shipment is in transit", "Waybill No.: SF1234567890123 has left Shenzhen.", "sf", "SF1234567890123", "", "in_transit"),
    CourierMail("EMS <service@ems.com.cn>", "您的邮件 EA123456785CN 已妥投", "收件人已签收。", "ems", "EA123456785CN", "right", "delivered"),
    CourierMail("EMS <service@ems.com.cn>", "邮件 EA123456784CN 正在派送中", "投递员正在派送。快递", "ems", "EA123456784CN", "", "in_transit"),
    CourierMail("EMS <service@ems.com.cn>", "邮件异常通知", "快件单号：EA123456785CN，未妥投：收件人地址有误。", "ems", "EA123456785CN", "right", "exception"),
    CourierMail("Aramex <noreply@aramex.com>", "Aramex shipment 12345678901 is out for delivery", "Your shipment will reach you today.", "aramex", "12345678901", "", "in_transit"),
    CourierMail("Aramex <noreply@aramex.com>", "Your Aramex shipment is on hold", "Shipment number 12345678901: please send the customer's tax number to clear customs.", "aramex", "12345678901", "", "exception", customs=True),
    CourierMail("USPS <auto-reply@usps.com>", "USPS Item Delivered, Front Desk 9400111899223397568436", "Your item was left at the front desk.", "usps", "9400111899223397568436", "right", "delivered"),
    CourierMail("DPD <noreply@dpd.de>", "Ihr DPD Paket wurde zugestellt", "Paketnummer: 01234567890123. Empfänger: Perez", "dpd", "01234567890123", "", "delivered"),
    CourierMail("DPD <noreply@dpd.fr>", "Votre colis est en cours de livraison", "Numéro de colis : 01234567890123", "dpd", "01234567890123", "", "in_transit"),
    CourierMail("DPD <noreply@dpd.fr>", "Votre colis a été expédié", "Numéro de colis : 01234567890123", "dpd", "01234567890123", "", "shipped"),
    CourierMail("GLS <noreply@gls-group.eu>", "Ihr Paket wurde versandt", "Paketnummer 12345678901", "gls", "12345678901", "", "shipped"),
    CourierMail("GLS <noreply@gls-spain.es>", "Incidencia en su envío", "Número de envío: 12345678901. No se ha podido entregar.", "gls", "12345678901", "", "exception"),
    CourierMail("DHL Express <noreply@dhl.com>", "快件派送异常", "运单号：1234567891，收件人地址不详，暂存。", "dhl", "1234567891", "right", "exception"),
    CourierMail("DHL Express <noreply@dhl.com>", "Ihre Sendung wurde abgeholt", "Sendungsnummer 1234567891", "dhl", "1234567891", "right", "shipped"),
    CourierMail("DHL Express <noreply@dhl.es>", "Su envío ha sido recogido", "Número de envío: 1234567891", "dhl", "1234567891", "right", "shipped"),
    CourierMail("Deutsche Post <noreply@deutschepost.de>", "Brief RR123456785DE ist unterwegs", "Ihre Sendung RR123456785DE hat das Land verlassen.", "dhl", "RR123456785DE", "right", "in_transit"),
    # A second lot
    CourierMail("DHL Express <noreply@dhl.com>", "DHL: Proof of delivery 1234567891", "Signed by: A PEREZ", "dhl", "1234567891", "right", "delivered"),
    CourierMail("DHL Express <ecommerce@dhl.com>", "Your DHL Express shipment with waybill number 1234567891 is on its way", "Estimated delivery: Tuesday", "dhl", "1234567891", "right", "in_transit"),
    CourierMail("DHL Express <noreply@dhl.fr>", "Votre envoi DHL 1234567891 a été livré", "Bonjour", "dhl", "1234567891", "right", "delivered"),
    CourierMail("DHL <noreply@dhl.de>", "Ihre DHL Sendung liegt zur Abholung bereit", "Ihre Sendung 00340434161094022115 liegt in der Filiale.", "dhl", "00340434161094022115", "right", "in_transit"),
    CourierMail("FedEx <noreply@fedex.com>", "We tried to deliver your package", "Tracking # 986578788855: nobody was there.", "fedex", "986578788855", "right", "exception"),
    CourierMail("FedEx <noreply@fedex.com>", "Ihr Paket wurde zugestellt", "Sendungsnummer: 986578788855", "fedex", "986578788855", "right", "delivered"),
    CourierMail("FedEx <noreply@fedex.com>", "Votre colis est en route", "Numéro de suivi : 986578788855", "fedex", "986578788855", "right", "in_transit"),
    CourierMail("UPS <pkginfo@ups.com>", "Your UPS package was delivered", "1Z999AA10123456784", "ups", "1Z999AA10123456784", "right", "delivered"),
    CourierMail("UPS <pkginfo@ups.com>", "Ihr UPS Paket: Zustellversuch erfolglos", "Kontrollnummer: 1Z999AA10123456784", "ups", "1Z999AA10123456784", "right", "exception"),
    CourierMail("UPS <pkginfo@ups.com>", "UPS: su paquete está en reparto", "1Z999AA10123456784", "ups", "1Z999AA10123456784", "right", "in_transit"),
    CourierMail("顺丰 <noreply@sf-express.com>", "您的快件SF1234567890123已发出", "快件正发往目的地。", "sf", "SF1234567890123", "", "shipped"),
    CourierMail("顺丰 <noreply@sf-express.com>", "快件到达广州", "运单号：SF1234567890123 快件到达广州集散中心，运输中", "sf", "SF1234567890123", "", "in_transit"),
    CourierMail("EMS <service@ems.com.cn>", "EMS EA123456785CN", "您的邮件已被收寄。投递", "ems", "EA123456785CN", "right", "shipped"),
    CourierMail("TNT <noreply@tnt.com>", "Shipment delay 123456782", "Consignment number 123456782 is delayed by weather.", "tnt", "123456782", "", "exception"),
    CourierMail("Aramex <noreply@aramex.com>", "Shipment 12345678901 delivered", "Thank you", "aramex", "12345678901", "", "delivered"),
    CourierMail("GLS <noreply@gls-group.eu>", "Ihr Paket kommt heute", "Paketnummer 12345678901", "gls", "12345678901", "", "in_transit"),
    CourierMail("DPD <noreply@dpd.co.uk>", "Your parcel is due today", "Parcel number 01234567890123", "dpd", "01234567890123", "", "in_transit"),
    CourierMail("USPS <auto-reply@usps.com>", "USPS Expected Delivery by Friday", "9400111899223397568436", "usps", "9400111899223397568436", "right", "in_transit"),
    # Customs, and couriers whose mails nobody read before
    CourierMail("DHL Express <noreply@dhl.com>", "Action required: customs documents needed for 1234567891", "Please send the invoice.", "dhl", "1234567891", "right", "exception", customs=True),
    CourierMail("DHL Express <noreply@dhl.com>", "Ihre Sendung 1234567891 wird beim Zoll festgehalten", "Bitte antworten Sie uns.", "dhl", "1234567891", "right", "exception", customs=True),
    CourierMail("FedEx <noreply@fedex.com>", "Votre colis 986578788855 est retenu en douane", "Une facture est requise.", "fedex", "986578788855", "right", "exception", customs=True),
    CourierMail("UPS <pkginfo@ups.com>", "UPS: paquete retenido en la aduana", "1Z999AA10123456784", "ups", "1Z999AA10123456784", "right", "exception", customs=True),
    CourierMail("EMS <service@ems.com.cn>", "邮件 EA123456785CN 海关查验", "您的快件正在接受海关查验。", "ems", "EA123456785CN", "right", "exception", customs=True),
    CourierMail("顺丰国际 <noreply@sf-express.com>", "快件清关异常", "运单号 SF1234567890123，请补充收件人税号。", "sf", "SF1234567890123", "", "exception", customs=True),
    CourierMail("顺丰国际 <noreply@sf-express.com>", "快件清关已完成", "运单号 SF1234567890123，正发往目的地。", "sf", "SF1234567890123", "", "in_transit"),
    CourierMail("DHL Express <noreply@dhl.com>", "Your shipment 1234567891 has cleared customs and is on its way", "Waybill 1234567891", "dhl", "1234567891", "right", "in_transit"),
    CourierMail("YunExpress <noreply@yunexpress.com>", "Your parcel YT2718281828459045 has been delivered", "Signed by: PEREZ", "yunexpress", "YT2718281828459045", "", "delivered"),
    CourierMail("Purolator <noreply@purolator.com>", "Your shipment 327182818283 is out for delivery", "Tracking 327182818283", "purolator", "327182818283", "right", "in_transit"),
    CourierMail("Canada Post <noreply@canadapost.ca>", "Your package was delivered", "Tracking number 4002718281828454", "canada post", "4002718281828454", "right", "delivered"),
)  # fmt: skip

# (sender, subject, text, kind or "" for anything but a courier's)
OTHERS = (
    ("DHL Express <service@dhl-parcel-help.example>", "Your DHL parcel is on hold", "Tracking 1234567891. Pay the fee of 1.99 here.", ""),
    ("FedEx <fedex@mail-update.example>", "FedEx delivery failed 986578788855", "Open the attached label.", ""),
    ("DHL <noreply@dhl.com.parcel.example>", "Your shipment 1234567891", "Confirm your address.", ""),
    ("noreply@notdhl.com", "Your shipment 1234567891", "Track your shipment.", ""),
    ("UPS <info@ups-delivery.example>", "UPS 1Z999AA10123456784", "We could not deliver your parcel.", ""),
    ("Ana Perez <ana@buyer.example>", "DHL 1234567891", "Please tell me when the samples with DHL 1234567891 arrive.", "human"),
    ("Jan Groot <jan.groot@dhl.com>", "Rates 2027", "Dear Lin, our new rates are attached. Shall we meet next week?", "human"),
)  # fmt: skip
